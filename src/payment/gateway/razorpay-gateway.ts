import type { Money } from '../../common/money';
import type { UnitOfWork } from '../../infra/database/unit-of-work';
import { isGatewayId } from './entity-reader';
import { CALL_TUNING, type CallTuning, GatewayCalls, type Write } from './gateway-calls';
import { GatewayError } from './gateway-error';
import {
  type GatewayDispute,
  type GatewayInvoice,
  type GatewayOrder,
  type GatewayPage,
  type GatewayPayment,
  type GatewayPlan,
  type GatewayReconLine,
  type GatewayRefund,
  type GatewaySubscription,
  type Listing,
  type NewOrder,
  type NewPlan,
  type NewRefund,
  type NewSubscription,
  PaymentGateway,
  type ReconQuery,
  type SubscriptionChange,
} from './payment-gateway';
import { type ClientLimits, type RazorpayAccess, RazorpayClient } from './razorpay-client';
import {
  disputeOf,
  invoiceOf,
  orderOf,
  paymentOf,
  planOf,
  reconLineOf,
  refundOf,
  subscriptionOf,
} from './razorpay-entities';
import { list, listing } from './razorpay-lists';
import { captureSettings, isSameOrder, pageQuery, REFUND_KEY, subscriptionBody } from './razorpay-request.rules';

export type GatewayTuning = ClientLimits & CallTuning;

const TUNING: GatewayTuning = { ...CALL_TUNING, timeoutMs: 10_000, maxBytes: 5 * 1024 * 1024 };
const LONGEST_LIST = 100;

type Package = Parameters<Parameters<RazorpayClient['call']>[0]>[0];

/** Razorpay, or what speaks like it. Without `access` (no keys are set) every call is `misconfigured`. */
export class RazorpayGateway extends PaymentGateway {
  readonly publicKey: string;
  private readonly client: RazorpayClient | undefined;
  private readonly calls: GatewayCalls;

  constructor(
    private readonly unitOfWork: Pick<UnitOfWork, 'refuseInside'>,
    access: RazorpayAccess | undefined,
    tuning: Partial<GatewayTuning> = {},
  ) {
    super();
    const all = { ...TUNING, ...tuning };
    this.publicKey = access?.keyId ?? '';
    this.client = access && new RazorpayClient(access, all);
    this.calls = new GatewayCalls(all);
  }

  async createOrder(order: NewOrder): Promise<GatewayOrder> {
    const { amount, currency, receipt, capture, notes } = order;
    const body = { amount, currency, receipt, payment: captureSettings(capture), notes };
    return this.write({
      send: () => this.ask((razorpay) => razorpay.orders.create(body), orderOf),
      look: async () => (await this.askByReceipt(receipt)).findLast((found) => isSameOrder(found, order)),
      repeatable: true,
      lookIfRefused: true,
    });
  }

  async order(id: string): Promise<GatewayOrder> {
    return this.fetch(id, 'order', (razorpay) => razorpay.orders.fetch(id), orderOf);
  }

  async ordersByReceipt(receipt: string): Promise<GatewayOrder[]> {
    return this.read(() => this.askByReceipt(receipt));
  }

  async orderPayments(orderId: string): Promise<GatewayPayment[]> {
    return this.fetch(orderId, 'order', (razorpay) => razorpay.orders.fetchPayments(orderId), list(paymentOf));
  }

  async orders(page: GatewayPage): Promise<Listing<GatewayOrder>> {
    return this.read(() => this.ask((razorpay) => razorpay.orders.all(pageQuery(page)), listing(orderOf)));
  }

  async payment(id: string): Promise<GatewayPayment> {
    return this.fetch(id, 'pay', (razorpay) => razorpay.payments.fetch(id), paymentOf);
  }

  async payments(page: GatewayPage): Promise<Listing<GatewayPayment>> {
    return this.read(() => this.ask((razorpay) => razorpay.payments.all(pageQuery(page)), listing(paymentOf)));
  }

  async capture(paymentId: string, { amount, currency }: Money): Promise<GatewayPayment> {
    const id = checked(paymentId, 'pay');
    return this.write({
      send: () => this.ask((razorpay) => razorpay.payments.capture(id, amount, currency), paymentOf),
      look: async () => {
        const payment = await this.ask((razorpay) => razorpay.payments.fetch(id), paymentOf);
        return payment.status === 'captured' || payment.status === 'refunded' ? payment : undefined;
      },
      repeatable: true,
      lookIfRefused: true,
    });
  }

  async refund(paymentId: string, { amount, key, notes }: NewRefund): Promise<GatewayRefund> {
    const id = checked(paymentId, 'pay');
    if (!REFUND_KEY.test(key)) throw new Error('The key of a refund is 10 to 64 letters, digits, hyphens, underscores');
    const path = `/payments/${id}/refund`;
    const headers = { 'X-Refund-Idempotency': key };
    return this.write({
      send: async () => refundOf(await this.connected().post(path, { amount, speed: 'normal', notes }, headers)),
      repeatable: true,
    });
  }

  async refundsOf(paymentId: string): Promise<GatewayRefund[]> {
    const id = checked(paymentId, 'pay');
    return this.whole((page) => (razorpay) => razorpay.payments.fetchMultipleRefund(id, page), refundOf);
  }

  async refunds(page: GatewayPage): Promise<Listing<GatewayRefund>> {
    return this.read(() => this.ask((razorpay) => razorpay.refunds.all(pageQuery(page)), listing(refundOf)));
  }

  async createPlan({ amount, currency, name, notes }: NewPlan): Promise<{ id: string }> {
    const body = { period: 'monthly', interval: 1, item: { name, amount, currency }, notes } as const;
    const send = (): Promise<GatewayPlan> => this.ask((razorpay) => razorpay.plans.create(body), planOf);
    const { id } = await this.write({ send, repeatable: false });
    return { id };
  }

  async plans(page: GatewayPage): Promise<Listing<GatewayPlan>> {
    return this.read(() => this.ask((razorpay) => razorpay.plans.all(pageQuery(page)), listing(planOf)));
  }

  async createSubscription(subscription: NewSubscription): Promise<GatewaySubscription> {
    checked(subscription.planId, 'plan');
    const body = subscriptionBody(subscription);
    return this.write({
      send: () => this.ask((razorpay) => razorpay.subscriptions.create(body), subscriptionOf),
      repeatable: false,
    });
  }

  async subscription(id: string): Promise<GatewaySubscription> {
    return this.fetch(id, 'sub', (razorpay) => razorpay.subscriptions.fetch(id), subscriptionOf);
  }

  async subscriptions(page: GatewayPage): Promise<Listing<GatewaySubscription>> {
    const query = pageQuery(page);
    return this.read(() => this.ask((razorpay) => razorpay.subscriptions.all(query), listing(subscriptionOf)));
  }

  async updateSubscription(id: string, { planId, when }: SubscriptionChange): Promise<GatewaySubscription> {
    const body = { plan_id: checked(planId, 'plan'), schedule_change_at: when };
    return this.change(
      id,
      (razorpay) => razorpay.subscriptions.update(id, body),
      // A subscription tells that a change waits for the end of the cycle, but not which one.
      when === 'now' ? (seen) => seen.planId === planId : undefined,
    );
  }

  async cancelScheduledChange(id: string): Promise<GatewaySubscription> {
    return this.change(
      id,
      (razorpay) => razorpay.subscriptions.cancelScheduledChanges(id),
      (seen) => !seen.hasScheduledChanges,
    );
  }

  async cancelSubscription(id: string, when: { readonly atCycleEnd: boolean }): Promise<GatewaySubscription> {
    const { atCycleEnd } = when;
    return this.change(
      id,
      (razorpay) => razorpay.subscriptions.cancel(id, atCycleEnd),
      // One that will end with its cycle looks like any other.
      atCycleEnd ? undefined : (seen) => seen.status === 'cancelled',
      !atCycleEnd,
    );
  }

  async pauseSubscription(id: string): Promise<GatewaySubscription> {
    return this.change(
      id,
      (razorpay) => razorpay.subscriptions.pause(id, { pause_at: 'now' }),
      (seen) => seen.status === 'paused',
    );
  }

  async resumeSubscription(id: string): Promise<GatewaySubscription> {
    return this.change(
      id,
      (razorpay) => razorpay.subscriptions.resume(id, { resume_at: 'now' }),
      (seen) => seen.status === 'active',
    );
  }

  async invoicesOf(subscriptionId: string): Promise<GatewayInvoice[]> {
    const subscription_id = checked(subscriptionId, 'sub');
    return this.whole((page) => (razorpay) => razorpay.invoices.all({ subscription_id, ...page }), invoiceOf);
  }

  async invoice(id: string): Promise<GatewayInvoice> {
    return this.fetch(id, 'inv', (razorpay) => razorpay.invoices.fetch(id), invoiceOf);
  }

  async disputes(page: GatewayPage): Promise<Listing<GatewayDispute>> {
    // The package drops `from` and `to`.
    return this.read(async () => listing(disputeOf)(await this.connected().get('/disputes', pageQuery(page))));
  }

  async reconLines(query: ReconQuery): Promise<Listing<GatewayReconLine>> {
    return this.read(() => this.ask((razorpay) => razorpay.settlements.reports({ ...query }), listing(reconLineOf)));
  }

  private async fetch<T>(
    id: string,
    prefix: string,
    method: (razorpay: Package) => Promise<unknown>,
    read: (answer: unknown) => T,
  ): Promise<T> {
    checked(id, prefix);
    return this.read(() => this.ask(method, read));
  }

  /** Of a subscription. A lost answer is `unknown` where the subscription can't show that it was done. */
  private async change(
    id: string,
    method: (razorpay: Package) => Promise<unknown>,
    isDone: ((seen: GatewaySubscription) => boolean) | undefined,
    lookIfRefused = false,
  ): Promise<GatewaySubscription> {
    checked(id, 'sub');
    const look = async (): Promise<GatewaySubscription | undefined> => {
      const seen = await this.ask((razorpay) => razorpay.subscriptions.fetch(id), subscriptionOf);
      return isDone?.(seen) === true ? seen : undefined;
    };
    const send = (): Promise<GatewaySubscription> => this.ask(method, subscriptionOf);
    return this.write({ send, ...(isDone && { look }), repeatable: false, lookIfRefused });
  }

  /** A list that belongs to one entity, page by page. */
  private async whole<T>(
    method: (page: { count: number; skip: number }) => (razorpay: Package) => Promise<unknown>,
    itemOf: (item: unknown) => T,
  ): Promise<T[]> {
    const all: T[] = [];
    for (;;) {
      const ask = method({ count: LONGEST_LIST, skip: all.length });
      const page = await this.read(() => this.ask(ask, list(itemOf)));
      all.push(...page);
      if (page.length < LONGEST_LIST) return all;
    }
  }

  private async askByReceipt(receipt: string): Promise<GatewayOrder[]> {
    return this.ask((razorpay) => razorpay.orders.all({ receipt, count: LONGEST_LIST }), list(orderOf));
  }

  private async ask<T>(method: (razorpay: Package) => Promise<unknown>, read: (answer: unknown) => T): Promise<T> {
    return read(await this.connected().call(method));
  }

  private async read<T>(send: () => Promise<T>): Promise<T> {
    this.unitOfWork.refuseInside('Razorpay');
    return this.calls.read(send);
  }

  private async write<T>(write: Write<T>): Promise<T> {
    this.unitOfWork.refuseInside('Razorpay');
    return this.calls.write(write);
  }

  private connected(): RazorpayClient {
    if (this.client === undefined) throw new GatewayError('misconfigured', 'RAZORPAY_KEY_ID is not set');
    return this.client;
  }
}

/** An id from outside would otherwise choose the path of our request. */
function checked(id: string, prefix: string): string {
  if (isGatewayId(id, prefix)) return id;
  throw new GatewayError('refused', 'This is no id of the payment gateway', { field: 'id', reason: 'invalid_id' });
}
