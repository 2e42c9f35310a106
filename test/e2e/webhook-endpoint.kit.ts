import { setTimeout as sleep } from 'node:timers/promises';
import { Database, statement } from '../../src/infra/database/database';
import { DeliveryWorker } from '../../src/webhook-endpoint/deliver/delivery.worker';
import type { EndpointDeliveryResponse } from '../../src/webhook-endpoint/deliver/dto/delivery.response';
import type {
  EndpointResponse,
  EndpointWithSecretResponse,
} from '../../src/webhook-endpoint/endpoint/dto/endpoint.response';
import { EVENT_TYPES } from '../../src/webhook-endpoint/event/event-type.rules';
import { ContentEventListener } from '../../src/webhook-endpoint/listen/content-event.listener';
import type { LoggedIn } from '../factories/administrator';
import { MovableClock } from '../fakes/movable-clock';
import { closeAfterSpec } from '../setup/spec-database';
import { startTestApp, type TestApp } from '../setup/test-app';
import { WebhookReceiver } from './webhook-receiver.kit';

export const PATH = '/webhooks/endpoints/';
const SETTINGS = { ACCESS_TOKEN_TTL: '365d', REFRESH_TOKEN_TTL: '366d', OUTBOUND_ALLOW: '127.0.0.0/8' };
const PATIENCE_MS = 20_000;

const BUSY = statement(
  'test.busy-endpoints',
  'select count(*) as count from webhook_endpoint where (due_at <= $1 or leased_until > $1) and account_id = $2',
);

export interface Made extends EndpointWithSecretResponse {
  readonly path: string;
}

/** An application that calls a receiver of ours, and time that moves as a test wants. */
export class EndpointWorld {
  private paths = 0;
  private facts = 0;

  private constructor(
    readonly app: TestApp,
    readonly receiver: WebhookReceiver,
    readonly clock: MovableClock,
  ) {}

  static async start(): Promise<EndpointWorld> {
    const receiver = await WebhookReceiver.start();
    closeAfterSpec(() => receiver.close());
    const clock = new MovableClock();
    return new EndpointWorld(await startTestApp(SETTINGS, { clock }), receiver, clock);
  }

  /** A second instance beside it. */
  another(): Promise<TestApp> {
    return startTestApp(SETTINGS, { clock: this.clock });
  }

  /** Of all events, at a path of its own, unless told. */
  async endpoint(owner: LoggedIn, body: object = {}): Promise<Made> {
    this.paths += 1;
    const path = `/hook-${this.paths}`;
    const answer = await owner.call('POST', PATH, { url: this.receiver.url(path), events: EVENT_TYPES, ...body });
    expect([answer.statusCode, answer.body]).toEqual([201, expect.any(String)]);
    return { ...answer.json<EndpointWithSecretResponse>(), path };
  }

  async get(owner: LoggedIn, { id }: { id: number }): Promise<EndpointResponse> {
    const answer = await owner.call('GET', `${PATH}${id}/`);
    expect(answer.statusCode).toBe(200);
    return answer.json<EndpointResponse>();
  }

  async log(owner: LoggedIn, { id }: { id: number }, query = ''): Promise<EndpointDeliveryResponse[]> {
    const answer = await owner.call('GET', `${PATH}${id}/deliveries/${query}`);
    expect([answer.statusCode, answer.body]).toEqual([200, expect.any(String)]);
    return answer.json<{ results: EndpointDeliveryResponse[] }>().results;
  }

  /** Something happens to somebody: a post of nobody's is out. */
  async happens({ id }: { id: number }, times = 1): Promise<void> {
    const listener = this.app.get(ContentEventListener);
    for (let made = 0; made < times; made += 1) {
      this.facts += 1;
      await listener.published({ post_id: this.facts, creator_id: id }, { factId: `fact-${this.facts}`, attempt: 1 });
    }
  }

  /** Every fact is told, and everything sent that is due to somebody's endpoints. */
  async sent(owner: { id: number }): Promise<void> {
    await this.app.drained();
    const deadline = performance.now() + PATIENCE_MS;
    for (;;) {
      this.app.get(DeliveryWorker).wake();
      const busy = await this.app.get(Database).first<{ count: number }>(BUSY, [this.clock.now(), owner.id]);
      if (busy?.count === 0) return;
      if (performance.now() > deadline) throw new Error('Endpoints are busy for ever');
      await sleep(20);
    }
  }

  async later(owner: { id: number }, milliseconds: number): Promise<void> {
    this.clock.advance(milliseconds);
    await this.sent(owner);
  }
}
