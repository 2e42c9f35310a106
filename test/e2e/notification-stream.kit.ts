import { get, type ClientRequest, type IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BellItem } from '../../src/notification/bell/dto/bell.response';
import { closeAfterSpec } from '../setup/spec-database';

export interface StreamEvent {
  readonly id: string | undefined;
  readonly event: string;
  readonly data: string;
}

const PATIENCE_MS = 10_000;
const open = new Set<ClientRequest>();
closeAfterSpec(async () => open.forEach((request) => request.destroy()));

/** A client of Server-Sent Events over a real connection, as a browser is one. */
export class EventClient {
  readonly events: StreamEvent[] = [];
  text = '';
  ended = false;

  private constructor(
    readonly response: IncomingMessage,
    private readonly request: ClientRequest,
  ) {
    response.setEncoding('utf8');
    response.on('data', (text: string) => this.take(text));
    for (const end of ['end', 'close', 'error']) response.on(end, () => (this.ended = true));
  }

  /** Resolves with the headers of the answer. */
  static connect(url: string, headers: Record<string, string>): Promise<EventClient> {
    return new Promise((resolve, reject) => {
      const path = '/feed/api/notifications/stream';
      const request = get(`${url}${path}`, { headers, agent: false }, (response) =>
        resolve(new EventClient(response, request)),
      );
      open.add(request);
      request.on('error', reject);
    });
  }

  get notifications(): BellItem[] {
    return this.of('notification').map(({ data }) => JSON.parse(data) as BellItem);
  }

  get badges(): number[] {
    return this.of('unread_count').map(({ data }) => (JSON.parse(data) as { unread_count: number }).unread_count);
  }

  /** As a browser sends it when it comes back. */
  get lastEventId(): string {
    return this.events.findLast(({ id }) => id !== undefined)?.id ?? '';
  }

  async until(what: string, holds: () => boolean): Promise<void> {
    const deadline = performance.now() + PATIENCE_MS;
    while (!holds()) {
      if (performance.now() > deadline) throw new Error(`In vain waited for ${what}: ${this.text.slice(-2_000)}`);
      await sleep(10);
    }
  }

  /** The connection is lost. */
  drop(): void {
    this.request.destroy();
    open.delete(this.request);
  }

  private of(event: string): StreamEvent[] {
    return this.events.filter((one) => one.event === event);
  }

  private take(text: string): void {
    const parts = (this.text += text).split('\n\n');
    this.events.splice(0, this.events.length, ...parts.slice(0, -1).flatMap(eventOf));
  }
}

function eventOf(text: string): StreamEvent[] {
  const fields = new Map(
    text.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.replace(/^\w*: ?/, '')]),
  );
  const data = fields.get('data');
  return data === undefined ? [] : [{ id: fields.get('id'), event: fields.get('event') ?? 'message', data }];
}
