import { refused, unknownId } from './api-error';
import { METHODS } from './checkout';
import type { Dispute, Refund, Subscription } from './entities';
import type { Engine } from './engine';
import { type Body, choiceOf, flagOf, integerOf, textOf } from './input';
import { REFUND_MODES, type RefundMode } from './refund.life';
import type { Routes } from './router';
import { type Truth, truthOf } from './truth';
import type { Delivery } from './webhook-sender';

/** A delivery of the log, with the body as JSON. */
export type DeliveryReport = Omit<Delivery, 'body'> & { readonly body: unknown };

/** What moves the simulated world other than through Razorpay's API. */
export class Control {
  constructor(private readonly engine: Engine) {}

  now(): number {
    return this.engine.world.clock.now();
  }

  /**
   * Runs everything due up to that moment (unix seconds), in order. After each moment the webhooks are waited for,
   * unless `deliver` is false: then they are sent as the receiver keeps up.
   */
  async moveTo(moment: number, { deliver = true } = {}): Promise<number> {
    const { world, sender } = this.engine;
    if (moment < this.now()) throw refused('The clock only moves forward.');
    if (deliver) await sender.idle();
    await world.clock.moveTo(moment, () => (deliver ? sender.idle() : Promise.resolve()));
    if (deliver) await sender.idle();
    return this.now();
  }

  advance(seconds: number, options?: { readonly deliver?: boolean }): Promise<number> {
    return this.moveTo(this.now() + seconds, options);
  }

  /** The payer's card fails from now on, or a good one is put in; `method` changes the mandate's method. */
  setCard(id: string, body: Body): Subscription {
    const row = this.engine.world.store.subscriptions.get(id);
    const card = choiceOf(body, 'card', ['ok', 'failing'], row.card);
    const method = choiceOf(body, 'method', METHODS, row.method);
    this.engine.subscriptions.changeCard(row, card, method, flagOf(body, 'international', row.international));
    return row.wire;
  }

  setRefunds(mode: RefundMode): void {
    this.engine.refunds.mode = mode;
  }

  /** A refund made in Razorpay's dashboard. */
  refund(paymentId: string, body: Body = {}): Refund {
    return this.engine.refunds.byCall(this.engine.world.store.payments.get(paymentId), body);
  }

  dispute(paymentId: string, body: Body = {}): Dispute {
    return this.engine.disputes.change(this.engine.world.store.payments.get(paymentId), body);
  }

  /** Where events go; setting it switches a disabled webhook on again. */
  setWebhook({ url, secret }: { readonly url?: string; readonly secret?: string }): void {
    const { sender } = this.engine;
    sender.url = url ?? sender.url;
    sender.secret = secret ?? sender.secret;
    sender.isDisabled = false;
  }

  /** Resolves when every event is taken; with `retries: false` when nothing is being sent. */
  flush({ retries = true }: { readonly retries?: boolean } = {}): Promise<void> {
    return retries ? this.engine.sender.flush() : this.engine.sender.idle();
  }

  /** Oldest first. */
  deliveries(): DeliveryReport[] {
    return this.engine.sender.log.map((delivery) => ({ ...delivery, body: JSON.parse(delivery.body) as unknown }));
  }

  resend(id: string): void {
    if (!this.engine.sender.resend(id)) throw unknownId();
  }

  truth(): Truth {
    return truthOf(this.engine.world.store, this.now());
  }

  routes(): Routes {
    const { chaos, sender } = this.engine;
    return {
      'GET /control/clock': () => ({ now: this.now() }),
      'POST /control/clock': async ({ body }) => ({ now: await this.moveAsAsked(body) }),
      'GET /control/chaos': () => ({ webhooks: chaos.webhooks, api: chaos.api }),
      'POST /control/chaos': ({ body }) => chaos.set(body),
      'POST /control/refunds': ({ body }) => {
        this.setRefunds(choiceOf(body, 'mode', REFUND_MODES, 'instant'));
        return { mode: this.engine.refunds.mode };
      },
      'POST /control/subscriptions/:id': ({ body }, id) => this.setCard(id, body),
      'POST /control/payments/:id/refund': ({ body }, id) => this.refund(id, body),
      'POST /control/payments/:id/dispute': ({ body }, id) => this.dispute(id, body),
      'GET /control/deliveries': ({ query }) => this.page(query),
      'POST /control/deliveries/:id/resend': (_, id) => this.resend(id),
      'POST /control/webhooks': ({ body }) => {
        this.setWebhook({ url: urlOf(body), secret: textOf(body, 'secret') });
        return { url: sender.url ?? null };
      },
      'POST /control/webhooks/flush': async ({ body }) => {
        await this.flush({ retries: flagOf(body, 'retries', true) });
        return { waiting: sender.log.filter(({ state }) => state === 'retrying').length };
      },
      'GET /control/truth': () => this.truth(),
    };
  }

  private moveAsAsked(body: Body): Promise<number> {
    const [advance, to] = [integerOf(body, 'advance'), integerOf(body, 'to')];
    const target = to ?? (advance === undefined ? undefined : this.now() + advance);
    if (target === undefined) throw refused('One of advance and to is required.');
    return this.moveTo(target, { deliver: flagOf(body, 'deliver', true) });
  }

  private page(query: Body): { count: number; total: number; items: DeliveryReport[] } {
    const all = this.deliveries();
    const skip = integerOf(query, 'skip') ?? 0;
    const items = all.slice(skip, skip + (integerOf(query, 'count') ?? 1000));
    return { count: items.length, total: all.length, items };
  }
}

function urlOf(body: Body): string | undefined {
  const url = textOf(body, 'url', 2048);
  if (url === undefined || (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol))) return url;
  throw refused('The url must be an http or https URL.', 'url');
}
