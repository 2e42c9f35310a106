import { setTimeout } from 'node:timers/promises';
import type { Response } from 'light-my-request';
import { OrderJob } from '../../src/commission/order/order.job';
import type { Fact } from '../../src/infra/outbox/fact';
import { LedgerService } from '../../src/payment/ledger/ledger.service';
import { ReconcileService } from '../../src/payment/reconcile/reconcile.service';
import { administrator, type LoggedIn } from '../factories/administrator';
import { type AnsweredOffer, type AnsweredPlacing, placed } from '../factories/commission';
import type { MoneyApp } from './money.kit';

export type Body = Record<string, unknown>;

/** A payment as the gateway knows it. */
export interface TruePayment {
  readonly id: string;
  readonly status: string;
  readonly captured: boolean;
  readonly amount: number;
  readonly amount_refunded: number;
  readonly currency: string;
}

const HOUR_MS = 3_600_000;

export const ordersUrl = (id: number, step = ''): string =>
  `/commissions/api/orders/${id}/${step === '' ? '' : `${step}/`}`;

export function step(who: LoggedIn, id: number, name: string, body: object = {}): Promise<Response> {
  return who.call('POST', ordersUrl(id, name), body);
}

export async function seen(who: LoggedIn, id: number): Promise<Body> {
  const answer = await who.call('GET', ordersUrl(id));
  expect([answer.statusCode, answer.body]).toEqual([200, expect.any(String)]);
  return answer.json<Body>();
}

export async function taken(who: LoggedIn, id: number, name: string, body: object = {}): Promise<Body> {
  const answer = await step(who, id, name, body);
  expect([name, answer.statusCode, answer.body]).toEqual([name, 200, expect.any(String)]);
  return answer.json<Body>();
}

/** What was told of an order, in order. */
export function toldOf(told: readonly Fact[], { id }: { readonly id: number }): string[] {
  return told
    .filter(({ topic, payload }) => topic.startsWith('commission-') && payload['order_id'] === id)
    .map(({ topic }) => topic.slice('commission-'.length));
}

/** Commissions and their money, as buyers, creators, guests and the gateway see them. */
export class CommissionKit {
  constructor(readonly money: MoneyApp) {}

  /** The payer's bank agrees; gives what the page posts. */
  authorized({ SubscriptionID }: Pick<AnsweredPlacing, 'SubscriptionID'>, more: object = {}): Record<string, string> {
    const result = this.money.simulator.pay({ order_id: SubscriptionID, ...more });
    if ('error' in result) throw new Error(JSON.stringify(result.error));
    const { razorpay_payment_id, razorpay_signature } = result.callback;
    return { razorpay_payment_id, razorpay_signature };
  }

  /** An order whose money is held. */
  async held(offer: AnsweredOffer, buyer: LoggedIn): Promise<AnsweredPlacing> {
    const order = await placed(buyer, offer);
    await taken(buyer, order.id, 'save', this.authorized(order));
    return order;
  }

  /** What the ledger says is somebody's. */
  async balance(of: LoggedIn): Promise<number> {
    return (
      (await this.money.get(LedgerService).balances(of.id)).find(({ currency }) => currency === 'INR')?.amount ?? 0
    );
  }

  /** The gateway's own word on the payments of an order, oldest first. */
  truth({ SubscriptionID }: Pick<AnsweredPlacing, 'SubscriptionID'>): TruePayment[] {
    return this.money.simulator.control.truth().payments.filter(({ order_id }) => order_id === SubscriptionID);
  }

  /** Somebody takes the first payment of an order in the gateway's dashboard. */
  async captureInDashboard(order: Pick<AnsweredPlacing, 'SubscriptionID'>): Promise<void> {
    const { simulator } = this.money;
    const [payment] = this.truth(order);
    const credentials = Buffer.from(`${simulator.keyId}:${simulator.keySecret}`).toString('base64');
    const answer = await fetch(`${simulator.url}/v1/payments/${payment?.id}/capture`, {
      method: 'POST',
      headers: { authorization: `Basic ${credentials}`, 'content-type': 'application/json' },
      body: JSON.stringify({ amount: payment?.amount, currency: payment?.currency }),
    });
    if (answer.status !== 200) throw new Error(`The capture was answered ${answer.status}: ${await answer.text()}`);
  }

  /** Our time and the gateway's, and what comes of it. */
  async passHours(hours: number): Promise<void> {
    const { clock, simulator } = this.money;
    clock.advance(hours * HOUR_MS);
    await simulator.control.moveTo(Math.max(simulator.control.now(), Math.floor(clock.now().getTime() / 1000)));
    await this.money.settled();
    await this.money.get(OrderJob).run();
    await this.money.settled();
  }

  /** A guest's checkout. */
  async opened(
    offer: AnsweredOffer,
    email: string,
    more: object = {},
  ): Promise<Pick<AnsweredPlacing, 'SubscriptionID'>> {
    const answer = await this.money.inject({
      method: 'POST',
      url: '/subscriptions/get_ghost_user/',
      payload: { email, phone: '+919876543210', payment_type: 'commission', commissionID: offer.id, ...more },
    });
    expect([answer.statusCode, answer.json()]).toMatchObject([200, { email, public_key: this.money.simulator.keyId }]);
    return answer.json<Pick<AnsweredPlacing, 'SubscriptionID'>>();
  }

  /** The last order of which somebody is told. */
  async lastOf(who: LoggedIn): Promise<Body & { id: number }> {
    const list = await who.call('GET', '/commissions/api/get-commissions-user');
    return list.json<{ results: (Body & { id: number })[] }>().results[0] ?? { id: 0 };
  }

  /** Compares with the gateway, as the schedule does, and waits for what follows. */
  async reconciled(): Promise<void> {
    const from = new Date(this.money.clock.now().getTime() - 8 * 24 * HOUR_MS);
    const { id } = await this.money.get(ReconcileService).request({ dryRun: false, from }, 0);
    const admin = await administrator(this.money);
    for (;;) {
      const { status } = (await admin.call('GET', `/admin/payments/reconcile/${id}/`)).json<{ status: string }>();
      if (status === 'done') break;
      if (status === 'failed') throw new Error('It was not compared');
      await setTimeout(20);
    }
    await this.money.settled();
  }

  /** Closes an account, and waits for what follows. */
  async closed(who: LoggedIn): Promise<void> {
    expect((await who.call('DELETE', '/api/user/delete/')).statusCode).toBe(204);
    await this.money.settled();
  }
}
