import { cycleStart, DAY } from './cycle.rules';
import type { Method, SubscriptionStatus } from './entities';
import { issueInvoice } from './invoice';
import type { OrderLife } from './order.life';
import type { Attempt, PaymentLife } from './payment.life';
import type { InvoiceRow, OrderRow, PaymentRow, SubscriptionRow } from './store';
import {
  authenticated,
  cancelled,
  cardChanged,
  charged,
  chargeFailed,
  cycleBegun,
  expired,
  isOver,
  type Step,
} from './subscription.rules';
import type { World } from './world';

const RECURRING = 'Recurring Payment via Subscription';

/** How subscriptions go on with time: cycles, invoices, charges and their retries. */
export class SubscriptionLife {
  constructor(
    private readonly world: World,
    private readonly orders: OrderLife,
    private readonly payments: PaymentLife,
  ) {}

  /** The order with which the payer agrees: the first cycle's money, or a token that goes back at once. */
  authOrder(row: SubscriptionRow): OrderRow {
    return this.order(row, row.wire.start_at === null ? this.price(row) : TOKEN_AMOUNT);
  }

  /** The payer's bank has agreed to the mandate with this payment. */
  authenticate(row: SubscriptionRow, payment: PaymentRow): void {
    const { wire } = row;
    const { clock, ids, store } = this.world;
    const { email, contact, method, international } = payment.wire;
    const customer = { id: ids.make('cust'), entity: 'customer', name: null, email, contact, gstin: null } as const;
    store.customers.add({ wire: { ...customer, notes: [], created_at: clock.now() } });
    wire.customer_id = customer.id;
    payment.wire.customer_id = customer.id;
    wire.payment_method = method;
    row.method = method;
    row.international = international;
    const startsNow = wire.start_at === null;
    wire.start_at ??= clock.now();
    this.apply(row, authenticated(row.life));
    if (startsNow) this.nextCycle(row, payment.order, payment);
  }

  /** The payer put in another card or method. An open charge is made at once. */
  changeCard(row: SubscriptionRow, card: 'ok' | 'failing', method?: Method, international?: boolean): void {
    row.card = card;
    row.method = method ?? row.method;
    row.international = international ?? row.international;
    if (row.wire.payment_method !== undefined) row.wire.payment_method = row.method;
    if (card === 'failing' || isOver(row.life)) return;
    if (row.life.status === 'pending') return this.retry(row);
    this.apply(row, cardChanged(row.life));
  }

  /** An invoice that the mandate did not pay, paid by hand. */
  invoicePaid(invoice: InvoiceRow, payment: PaymentRow): void {
    this.settled(invoice.subscription, invoice, payment);
  }

  /** Plans the next thing that time brings, in place of what was planned. */
  schedule(row: SubscriptionRow): void {
    row.callOff?.();
    const moment = this.nextMoment(row);
    row.wire.charge_at = ['created', 'authenticated', 'active', 'pending', 'halted'].includes(row.life.status)
      ? this.chargeAt(row)
      : null;
    row.callOff = moment === undefined ? undefined : this.world.clock.at(moment, () => this.due(row));
  }

  /** Ends it now. */
  end(row: SubscriptionRow, step: Step): void {
    row.wire.ended_at = this.world.clock.now();
    row.wire.has_scheduled_changes = false;
    row.wire.change_scheduled_at = null;
    row.scheduled = undefined;
    this.apply(row, step);
  }

  /** Takes the step, plans what comes after it and tells its events, with a snapshot each. */
  apply(row: SubscriptionRow, { life, events }: Step, payment?: PaymentRow): void {
    row.life = life;
    this.mirror(row);
    this.schedule(row);
    for (const event of events) {
      this.world.events.emit(`subscription.${event}`, {
        // What it went through on the way: the event of becoming active shows it active, not completed already.
        subscription: { ...row.wire, status: statusAt(event) ?? row.wire.status },
        payment: payment?.wire,
      });
    }
  }

  /** Puts the scheduled change in force; `payment` is what was charged for it. */
  applyChange(row: SubscriptionRow, payment?: PaymentRow): void {
    const change = row.scheduled;
    if (change === undefined) return;
    row.scheduled = undefined;
    row.plan = change.plan ?? row.plan;
    row.wire.plan_id = row.plan.id;
    row.wire.quantity = change.quantity ?? row.wire.quantity;
    if (change.remaining !== undefined) row.life = { ...row.life, total: row.life.issued + change.remaining };
    row.wire.has_scheduled_changes = false;
    row.wire.change_scheduled_at = null;
    this.apply(row, { life: row.life, events: ['updated'] }, payment);
  }

  /** When the cycle with this number begins. */
  begins(row: SubscriptionRow, cycle: number): number {
    return cycleStart(row.wire.start_at ?? this.world.clock.now(), row.plan, cycle);
  }

  /** Copies to the answer what follows from the life. */
  mirror({ wire, life, ...row }: SubscriptionRow): void {
    wire.status = life.status;
    wire.total_count = life.total;
    wire.paid_count = life.paid;
    wire.remaining_count = Math.max(life.total - life.issued, 0);
    wire.auth_attempts = life.attempts;
    if (wire.start_at === null || isOver(life)) return;
    wire.end_at = cycleStart(wire.start_at, row.plan, Math.max(row.cycle + wire.remaining_count, 0));
  }

  private due(row: SubscriptionRow): void {
    switch (row.life.status) {
      case 'created':
        return this.end(row, expired(row.life));
      case 'pending':
        return this.retry(row);
      case 'authenticated':
      case 'active':
      case 'halted':
      case 'paused':
        return row.endsAtCycle ? this.end(row, cancelled(row.life)) : this.nextCycle(row);
      case 'cancelled':
      case 'completed':
      case 'expired':
        return undefined;
    }
  }

  /** `order` and `payment` are those of the checkout, for the first cycle of one that starts at once. */
  private nextCycle(row: SubscriptionRow, order?: OrderRow, payment?: PaymentRow): void {
    this.applyChange(row);
    const step = cycleBegun(row.life);
    if (isOver(step.life)) return this.end(row, step);
    row.cycle += 1;
    const [start, end] = [this.begins(row, row.cycle), this.begins(row, row.cycle + 1)];
    row.wire.current_start = start;
    row.wire.current_end = end;
    // The event of becoming active comes with the first charge where there is one already.
    this.apply(row, payment === undefined ? step : { life: { ...step.life, status: row.life.status }, events: [] });
    const invoice = issueInvoice(this.world, row, order ?? this.order(row, this.price(row)), { start, end });
    if (payment !== undefined) {
      payment.wire.invoice_id = invoice.wire.id;
      payment.wire.customer_id = row.wire.customer_id ?? undefined;
      if (!payment.wire.captured) this.payments.capture(payment);
      this.settled(row, invoice, payment);
    } else if (step.charges) this.charge(row, invoice);
  }

  private retry(row: SubscriptionRow): void {
    const open = row.invoices.at(-1);
    if (open !== undefined && open.wire.status === 'issued') this.charge(row, open);
  }

  private charge(row: SubscriptionRow, invoice: InvoiceRow): void {
    const payment = this.payments.attempt(this.recurring(row, invoice.order, invoice));
    if (row.card === 'failing') {
      this.payments.fail(payment, 'payment_declined');
      return this.apply(row, chargeFailed(row.life), payment);
    }
    this.payments.authorize(payment);
    this.payments.capture(payment);
    this.settled(row, invoice, payment);
  }

  private settled(row: SubscriptionRow, { wire }: InvoiceRow, payment: PaymentRow): void {
    const now = this.world.clock.now();
    wire.status = 'paid';
    wire.paid_at = now;
    wire.payment_id = payment.wire.id;
    wire.amount_paid = wire.amount;
    wire.amount_due = 0;
    const step = charged(row.life);
    if (isOver(step.life) && !isOver(row.life)) row.wire.ended_at = now;
    this.apply(row, step, payment);
  }

  /** A charge by the mandate. */
  recurring(row: SubscriptionRow, order: OrderRow, invoice?: InvoiceRow): Attempt {
    const { email, contact } = this.world.store.customers.find(row.wire.customer_id ?? '')?.wire ?? {};
    return {
      order,
      ...(invoice && { invoice }),
      method: row.method,
      international: row.international,
      description: RECURRING,
      customerId: row.wire.customer_id,
      ...(email && { email }),
      ...(contact && { contact }),
    };
  }

  private order(row: SubscriptionRow, amount: number): OrderRow {
    const { currency } = row.plan.item;
    return this.orders.add({ amount, currency, receipt: null, capture: 'automatic', notes: [] });
  }

  private price({ plan, wire }: SubscriptionRow): number {
    return plan.item.amount * wire.quantity;
  }

  private nextMoment(row: SubscriptionRow): number | undefined {
    const { wire, life } = row;
    if (life.status === 'created') {
      const ends = [wire.expire_by, wire.start_at].filter((moment) => moment !== null);
      return ends.length > 0 ? Math.min(...ends) : undefined;
    }
    if (life.status === 'paused') return row.endsAtCycle ? (wire.current_end ?? undefined) : undefined;
    return isOver(life) ? undefined : (this.chargeAt(row) ?? undefined);
  }

  private chargeAt(row: SubscriptionRow): number | null {
    if (row.life.status === 'created') return row.wire.start_at;
    if (row.life.status !== 'pending') return this.begins(row, row.cycle + 1);
    const open = row.invoices.at(-1)?.wire.issued_at ?? this.world.clock.now();
    return open + row.life.attempts * DAY;
  }
}

const TOKEN_AMOUNT = 500;

function statusAt(event: string): SubscriptionStatus | undefined {
  return event === 'activated' || event === 'charged' ? 'active' : undefined;
}
