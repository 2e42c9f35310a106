import { refused } from './api-error';
import { issueInvoice } from './invoice';
import type { OrderLife } from './order.life';
import type { PaymentLife } from './payment.life';
import { differenceOf } from './proration.rules';
import type { RefundLife } from './refund.life';
import type { PaymentRow, SubscriptionChange, SubscriptionRow } from './store';
import type { SubscriptionLife } from './subscription.life';
import type { World } from './world';

/** Below it no refund is made, and no dollar is charged. */
const LEAST_REFUND = 100;
const LEAST_ABROAD = 50;

/** Changes that take effect at once: the rest of the running cycle is charged, or paid back, by the difference. */
export class SubscriptionUpdates {
  constructor(
    private readonly world: World,
    private readonly life: SubscriptionLife,
    private readonly orders: OrderLife,
    private readonly payments: PaymentLife,
    private readonly refunds: RefundLife,
  ) {}

  /** Throws where the difference can't be charged: nothing is changed then. */
  now(row: SubscriptionRow, change: SubscriptionChange): void {
    const difference = this.difference(row, change);
    const { currency } = (change.plan ?? row.plan).item;
    if (currency !== row.plan.item.currency) {
      throw refused('The new plan must have the currency of the old one.', 'plan_id');
    }
    if (currency !== 'INR' && difference !== 0 && Math.abs(difference) < LEAST_ABROAD) {
      throw refused('The difference between the plans must be at least 50 currency subunits.', 'plan_id');
    }
    const payment = difference > 0 ? this.charge(row, difference) : undefined;
    row.scheduled = change;
    this.life.applyChange(row, payment);
    if (-difference >= LEAST_REFUND) this.payBack(row, -difference);
  }

  private difference({ plan, wire }: SubscriptionRow, change: SubscriptionChange): number {
    const { current_start: start, current_end: end } = wire;
    if (start === null || end === null) return 0;
    const [from, to] = [
      plan.item.amount * wire.quantity,
      (change.plan ?? plan).item.amount * (change.quantity ?? wire.quantity),
    ];
    return differenceOf({ from, to, start, end, now: this.world.clock.now() });
  }

  private charge(row: SubscriptionRow, amount: number): PaymentRow {
    const { currency } = row.plan.item;
    const order = this.orders.add({ amount, currency, receipt: null, capture: 'automatic', notes: [] });
    const payment = this.payments.attempt(this.life.recurring(row, order));
    if (row.card === 'failing') {
      this.payments.fail(payment, 'payment_declined');
      throw refused('The payment for the updated subscription has failed.');
    }
    const invoice = issueInvoice(this.world, row, order, {
      start: this.world.clock.now(),
      end: row.wire.current_end ?? this.world.clock.now(),
    });
    const { wire } = invoice;
    payment.wire.invoice_id = wire.id;
    this.payments.authorize(payment);
    this.payments.capture(payment);
    Object.assign(wire, { status: 'paid', paid_at: this.world.clock.now(), payment_id: payment.wire.id });
    Object.assign(wire, { amount_paid: amount, amount_due: 0 });
    return payment;
  }

  private payBack({ invoices }: SubscriptionRow, amount: number): void {
    const paid = invoices.findLast(({ wire }) => wire.status === 'paid' && wire.payment_id !== null)?.wire.payment_id;
    const payment = this.world.store.payments.find(paid ?? '');
    if (payment === undefined) return;
    const left = payment.wire.amount - payment.wire.amount_refunded;
    if (left >= LEAST_REFUND) this.refunds.byCall(payment, { amount: Math.min(amount, left) });
  }
}
