import { setTimeout as sleep } from 'node:timers/promises';
import type { UnitOfWork } from '../../src/infra/database/unit-of-work';
import { GatewayError } from '../../src/payment/gateway/gateway-error';
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
} from '../../src/payment/gateway/payment-gateway';

/** `lost`: done, and never answered; `unheard`: neither. */
export type Fault = 'unavailable' | 'refused' | 'lost' | 'unheard';

/** India is ahead. */
const INDIA_MS = 5.5 * 3_600_000;
const NEVER = { errorCode: null, errorDescription: null, email: null, contact: null };

/** A gateway in memory, with accidents. Like the real one it makes twice what it is asked for twice. */
export class MemoryGateway extends PaymentGateway {
  readonly publicKey = 'rzp_test_memory';
  readonly calls: string[] = [];
  readonly madeOrders: GatewayOrder[] = [];
  readonly madePlans: GatewayPlan[] = [];
  readonly madeSubscriptions: GatewaySubscription[] = [];
  readonly madeRefunds: (GatewayRefund & { key: string })[] = [];
  readonly allPayments: GatewayPayment[] = [];
  readonly allInvoices: GatewayInvoice[] = [];
  readonly allDisputes: GatewayDispute[] = [];
  readonly allLines: GatewayReconLine[] = [];
  /** What can't be read when it is listed, by its id. */
  readonly odd = new Set<string>();
  /** What is here no more, by its id. */
  readonly gone = new Set<string>();
  /** Of every call; making something takes longer than looking for it. */
  delayMs = 0;
  /** Called before and after everything that is done here. */
  step: () => void = () => undefined;
  private readonly faults = new Map<string, Fault[]>();
  private made = 0;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly now: () => Date,
  ) {
    super();
  }

  /** What happens to the next calls of a method. */
  next(method: keyof PaymentGateway, ...faults: Fault[]): void {
    this.faults.set(method, faults);
  }

  id(prefix: string): string {
    return `${prefix}_${String(++this.made).padStart(14, '0')}`;
  }

  /** A payer's attempt. */
  pay(payment: Partial<GatewayPayment>): GatewayPayment {
    const plain = { id: this.id('pay'), amount: 0, currency: 'INR', orderId: null, invoiceId: null } as const;
    const state = {
      status: 'authorized',
      captured: false,
      customerId: null,
      international: false,
      amountRefunded: 0,
      method: 'upi',
      fee: null,
      tax: null,
    } as const;
    const made = { ...plain, ...state, ...NEVER, notes: {}, createdAt: this.now(), ...payment };
    this.allPayments.push(made);
    return made;
  }

  set<T extends { id: string }>(list: T[], id: string, changes: Partial<T>): T {
    const i = list.findIndex((item) => item.id === id);
    const [before] = list.slice(i, i + 1);
    if (before === undefined) throw new GatewayError('refused', `There is no ${id}`);
    return (list[i] = { ...before, ...changes });
  }

  createOrder({ amount, currency, receipt, notes }: NewOrder): Promise<GatewayOrder> {
    return this.call('createOrder', () => {
      const rest = { amountPaid: 0, status: 'created', createdAt: this.now() } as const;
      const order = { id: this.id('order'), amount, currency, receipt, notes, ...rest };
      this.madeOrders.unshift(order);
      return order;
    });
  }

  order(id: string): Promise<GatewayOrder> {
    return this.call('order', () => this.one(this.madeOrders, id));
  }

  ordersByReceipt(receipt: string): Promise<GatewayOrder[]> {
    return this.call('ordersByReceipt', () => this.madeOrders.filter((order) => order.receipt === receipt));
  }

  orderPayments(orderId: string): Promise<GatewayPayment[]> {
    return this.call('orderPayments', () => this.allPayments.filter((payment) => payment.orderId === orderId));
  }

  orders(page: GatewayPage): Promise<Listing<GatewayOrder>> {
    return this.call('orders', () => this.cut(this.madeOrders, page));
  }

  payment(id: string): Promise<GatewayPayment> {
    return this.call('payment', () => this.one(this.allPayments, id));
  }

  payments(page: GatewayPage): Promise<Listing<GatewayPayment>> {
    return this.call('payments', () => this.cut(this.allPayments, page));
  }

  capture(id: string): Promise<GatewayPayment> {
    return this.call('capture', () => {
      const taken = { status: 'captured', captured: true, fee: 20, tax: 3 } as const;
      return this.set(this.allPayments, id, taken);
    });
  }

  refund(paymentId: string, { amount, key, notes }: NewRefund): Promise<GatewayRefund> {
    return this.call('refund', () => {
      const { amount: paid, amountRefunded, currency } = one(this.allPayments, paymentId);
      if (amountRefunded + amount > paid) throw new GatewayError('refused', 'More than there is');
      const rest = { status: 'processed', receipt: null, createdAt: this.now() } as const;
      const refund = { id: this.id('rfnd'), paymentId, amount, currency, notes, ...rest };
      this.madeRefunds.push({ ...refund, key });
      this.set(this.allPayments, paymentId, { amountRefunded: amountRefunded + amount });
      return refund;
    });
  }

  refundsOf(paymentId: string): Promise<GatewayRefund[]> {
    return this.call('refundsOf', () =>
      this.madeRefunds.filter((refund) => refund.paymentId === paymentId && !this.gone.has(refund.id)),
    );
  }

  refunds(page: GatewayPage): Promise<Listing<GatewayRefund>> {
    return this.call('refunds', () => this.cut(this.madeRefunds, page));
  }

  createPlan(plan: NewPlan): Promise<{ id: string }> {
    return this.call('createPlan', () => {
      const made = { ...plan, id: this.id('plan'), createdAt: this.now() };
      this.madePlans.unshift(made);
      return made;
    });
  }

  plans(page: GatewayPage): Promise<Listing<GatewayPlan>> {
    return this.call('plans', () => this.cut(this.madePlans, page));
  }

  createSubscription(subscription: NewSubscription): Promise<GatewaySubscription> {
    return this.call('createSubscription', () => {
      const { planId, totalCount, startAt = null, notes } = subscription;
      const dates = { currentStart: null, currentEnd: null, endedAt: null, chargeAt: null, startAt, endAt: null };
      const id = this.id('sub');
      const changes = { hasScheduledChanges: false, changeScheduledAt: null, paymentMethod: null, customerId: null };
      const counts = { totalCount, paidCount: 0, remainingCount: totalCount };
      const rest = { notes, shortUrl: `https://rzp.io/i/${id}`, createdAt: this.now() };
      const made = { id, planId, status: 'created', ...dates, ...changes, ...counts, ...rest } as const;
      this.madeSubscriptions.unshift(made);
      return made;
    });
  }

  subscription(id: string): Promise<GatewaySubscription> {
    return this.call('subscription', () => this.one(this.madeSubscriptions, id));
  }

  subscriptions(page: GatewayPage): Promise<Listing<GatewaySubscription>> {
    return this.call('subscriptions', () => this.cut(this.madeSubscriptions, page));
  }

  updateSubscription(id: string, { planId, when }: SubscriptionChange): Promise<GatewaySubscription> {
    return this.call('updateSubscription', () => {
      const { status, currentEnd } = one(this.madeSubscriptions, id);
      if (status !== 'active') return refuse();
      const later = { hasScheduledChanges: true, changeScheduledAt: currentEnd };
      return this.set(this.madeSubscriptions, id, when === 'now' ? { planId } : later);
    });
  }

  cancelScheduledChange(id: string): Promise<GatewaySubscription> {
    return this.call('cancelScheduledChange', () => {
      if (!one(this.madeSubscriptions, id).hasScheduledChanges) return refuse();
      return this.set(this.madeSubscriptions, id, { hasScheduledChanges: false, changeScheduledAt: null });
    });
  }

  cancelSubscription(id: string, { atCycleEnd }: { atCycleEnd: boolean }): Promise<GatewaySubscription> {
    return this.call('cancelSubscription', () => {
      const { status, currentEnd } = one(this.madeSubscriptions, id);
      if (status === 'cancelled' || (atCycleEnd && currentEnd === null)) return refuse();
      if (atCycleEnd) return one(this.madeSubscriptions, id);
      return this.set(this.madeSubscriptions, id, { status: 'cancelled', endedAt: this.now() });
    });
  }

  pauseSubscription(id: string): Promise<GatewaySubscription> {
    return this.call('pauseSubscription', () => this.move(id, 'active', 'paused'));
  }

  resumeSubscription(id: string): Promise<GatewaySubscription> {
    return this.call('resumeSubscription', () => this.move(id, 'paused', 'active'));
  }

  invoicesOf(subscriptionId: string): Promise<GatewayInvoice[]> {
    return this.call('invoicesOf', () => this.allInvoices.filter((of) => of.subscriptionId === subscriptionId));
  }

  invoice(id: string): Promise<GatewayInvoice> {
    return this.call('invoice', () => one(this.allInvoices, id));
  }

  disputes(page: GatewayPage): Promise<Listing<GatewayDispute>> {
    return this.call('disputes', () => this.cut(this.allDisputes, page));
  }

  /** By India's calendar, as the gateway does. */
  reconLines({ year, month, day, count, skip }: ReconQuery): Promise<Listing<GatewayReconLine>> {
    return this.call('reconLines', () => {
      const lines = this.allLines.filter(({ settledAt }) => {
        const date = new Date((settledAt?.getTime() ?? 0) + INDIA_MS);
        const [itsYear, itsMonth, itsDay] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
        return itsYear === year && itsMonth === month && (day === undefined || itsDay === day);
      });
      return this.readable(lines.slice(skip, skip + count), ({ entityId }) => entityId);
    });
  }

  private one<T extends { id: string }>(list: readonly T[], id: string): T {
    return one(
      list.filter((item) => !this.gone.has(item.id)),
      id,
    );
  }

  private cut<T extends { id: string; createdAt: Date }>(list: readonly T[], page: GatewayPage): Listing<T> {
    const { from, to, count, skip } = page;
    const there = list.filter(({ id }) => !this.gone.has(id));
    const inside = there.filter(
      ({ createdAt }) => (!from || second(createdAt) >= second(from)) && (!to || createdAt <= to),
    );
    const newest = [...inside].sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
    return this.readable(newest.slice(skip, skip + count), ({ id }) => id);
  }

  private readable<T>(page: readonly T[], idOf: (item: T) => string): Listing<T> {
    const items = page.filter((item) => !this.odd.has(idOf(item)));
    const odd = page.filter((item) => this.odd.has(idOf(item))).map((item) => ({ id: idOf(item), fault: 'It is odd' }));
    return { items, odd, size: page.length };
  }

  private move(
    id: string,
    from: GatewaySubscription['status'],
    to: GatewaySubscription['status'],
  ): GatewaySubscription {
    if (one(this.madeSubscriptions, id).status !== from) return refuse();
    return this.set(this.madeSubscriptions, id, { status: to });
  }

  private async call<T>(method: string, work: () => T): Promise<T> {
    this.unitOfWork.refuseInside('The gateway');
    this.calls.push(method);
    const fault = this.faults.get(method)?.shift();
    await sleep(method.startsWith('create') ? 3 * this.delayMs : this.delayMs);
    if (fault === 'unavailable' || fault === 'refused') throw new GatewayError(fault, `It is ${fault}`);
    if (fault === 'unheard') throw new GatewayError('unknown', 'No answer');
    this.step();
    const answer = work();
    this.step();
    if (fault === 'lost') throw new GatewayError('unknown', 'No answer');
    return answer;
  }
}

function one<T extends { id: string }>(list: readonly T[], id: string): T {
  const found = list.find((item) => item.id === id);
  if (found === undefined) throw new GatewayError('refused', `There is no ${id}`);
  return found;
}

function second(date: Date): number {
  return Math.floor(date.getTime() / 1000);
}

function refuse(): never {
  throw new GatewayError('refused', 'Not in this state');
}
