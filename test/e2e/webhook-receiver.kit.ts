import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Webhook } from 'standardwebhooks';
import type { JsonObject } from '../../src/infra/outbox/fact';

export interface Call {
  readonly path: string;
  readonly id: string;
  /** Unix seconds. */
  readonly timestamp: number;
  readonly signature: string;
  readonly contentType: string;
  readonly raw: string;
  readonly body: { readonly type: string; readonly timestamp: string; readonly data: JsonObject };
}

type Answer = (response: ServerResponse) => void;

export const status =
  (code: number, body = ''): Answer =>
  (response) =>
    void response.writeHead(code).end(body);
export const silence: Answer = () => undefined;
export const reset: Answer = (response) => void response.socket?.resetAndDestroy();

/** Somebody's server that takes events, and answers each path as it is told: 204 unless told. */
export class WebhookReceiver {
  readonly calls: Call[] = [];
  /** How many calls of a path were open at once, at most. */
  readonly mostOpen = new Map<string, number>();
  private readonly open = new Map<string, number>();
  private readonly answers = new Map<string, Answer[]>();

  private constructor(private readonly server: Server) {
    server.on('request', (request, response) => {
      const path = request.url ?? '';
      this.count(path, 1);
      response.on('close', () => this.count(path, -1));
      void text(request).then((raw) => {
        const header = (name: string): string => String(request.headers[name]);
        this.calls.push({
          path,
          id: header('webhook-id'),
          timestamp: Number(header('webhook-timestamp')),
          signature: header('webhook-signature'),
          contentType: header('content-type'),
          raw,
          body: JSON.parse(raw) as Call['body'],
        });
        const answers = this.answers.get(path) ?? [status(204)];
        const answer = answers.length > 1 ? answers.shift() : answers[0];
        answer?.(response);
      });
    });
  }

  static async start(): Promise<WebhookReceiver> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new WebhookReceiver(server);
  }

  url(path: string): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}${path}`;
  }

  /** One answer for each call of a path; the last one stays. */
  will(path: string, ...answers: Answer[]): void {
    this.answers.set(path, answers);
  }

  of(path: string): Call[] {
    return this.calls.filter((call) => call.path === path);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private count(path: string, difference: number): void {
    const now = (this.open.get(path) ?? 0) + difference;
    this.open.set(path, now);
    this.mostOpen.set(path, Math.max(this.mostOpen.get(path) ?? 0, now));
  }
}

/** Whether the package that receivers use takes the call for one of `secret`'s, at the moment at which it was sent. */
export function isSignedWith(secret: string, { id, timestamp, signature, raw }: Call): boolean {
  const now = jest.spyOn(Date, 'now').mockReturnValue(timestamp * 1000);
  try {
    const headers = { 'webhook-id': id, 'webhook-timestamp': String(timestamp), 'webhook-signature': signature };
    return new Webhook(secret).verify(raw, headers) !== undefined;
  } catch {
    return false;
  } finally {
    now.mockRestore();
  }
}
