import { SystemClock } from '../../common/clock';
import { randomToken } from '../../infra/crypto/digest';
import { apiRoutes } from './api.routes';
import { Chaos } from './chaos';
import type { Paid } from './checkout';
import { checkoutRoutes } from './checkout.routes';
import { Control } from './control';
import { buildEngine } from './engine';
import { type Envelope, Events } from './events';
import { HttpServer } from './http-server';
import { Ids } from './ids';
import type { Body } from './input';
import { seededRandom, trueRandom } from './random';
import { Router } from './router';
import { SimulatedClock } from './simulated-clock';
import { Store } from './store';
import { WebhookSender } from './webhook-sender';
import type { Keys, World } from './world';

export interface SimulatorOptions {
  /** 0, the default, takes a free one. */
  readonly port?: number;
  readonly host?: string;
  /** Made up where absent. */
  readonly keyId?: string;
  readonly keySecret?: string;
  readonly webhookSecret?: string;
  /** Where events are posted; without it they are only logged. Can be set later by `control.setWebhook`. */
  readonly webhookUrl?: string;
  /** The account that events name. */
  readonly accountId?: string;
  /** Unix seconds; the real time by default. */
  readonly startAt?: number;
  /** The clock stands still but for `control.moveTo` and `control.advance`. */
  readonly frozen?: boolean;
  /** Makes ids and accidents repeatable. Not for a database that lives on: its ids would come again. */
  readonly seed?: number;
  /** Webhooks under way at once. */
  readonly concurrency?: number;
  /** Real milliseconds that the receiver of a webhook has. */
  readonly answerWithinMs?: number;
}

export interface Simulator extends Keys {
  /** The origin: what `RAZORPAY_BASE_URL` must be. */
  readonly url: string;
  readonly accountId: string;
  readonly control: Control;
  /** Pays at the checkout, as `POST /checkout/pay` does. */
  pay(purchase: Body): Paid;
  /** As `POST /control/chaos` does. */
  setChaos(chaos: Body): void;
  close(): Promise<void>;
}

/** Starts Razorpay in small, in this process and in memory. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const random = options.seed === undefined ? trueRandom : seededRandom(options.seed);
  const ids = new Ids(random);
  const clock = new SimulatedClock(new SystemClock(), options);
  const keys = keysOf(options, ids);
  const accountId = options.accountId ?? ids.make('acc');
  const chaos = new Chaos();
  const sender = new WebhookSender(clock, ids, chaos, {
    url: options.webhookUrl,
    secret: keys.webhookSecret,
    concurrency: options.concurrency ?? 4,
    answerWithinMs: options.answerWithinMs ?? 5000,
  });
  if (options.seed !== undefined) chaos.set({ seed: options.seed });
  const events = new Events(accountId, clock, (envelope: Envelope) => sender.enqueue(envelope));
  const world: World = { clock, ids, store: new Store(), events, keys, url: '' };
  const engine = buildEngine(world, sender, chaos);
  const control = new Control(engine);
  const router = new Router(apiRoutes(engine), control.routes(), checkoutRoutes(engine.checkout));
  const server = new HttpServer(engine, router);
  world.url = await server.listen(options.port ?? 0, options.host ?? '127.0.0.1');
  return {
    ...keys,
    url: world.url,
    accountId,
    control,
    pay: (purchase) => engine.checkout.pay(purchase),
    setChaos: (body) => void chaos.set(body),
    close: async () => {
      clock.stop();
      sender.close();
      await server.close();
    },
  };
}

function keysOf({ keyId, keySecret, webhookSecret }: SimulatorOptions, ids: Ids): Keys {
  return {
    keyId: keyId ?? `rzp_test_${ids.code()}`,
    keySecret: keySecret ?? randomToken(18),
    webhookSecret: webhookSecret ?? randomToken(18),
  };
}
