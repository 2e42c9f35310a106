import { refused } from './api-error';
import { DAY } from './cycle.rules';
import type { Method, Notes, Payment } from './entities';
import { feeOf } from './fee.rules';
import { amountOf, type Body, currencyOf } from './input';
import { detailsOf } from './payment-details';
import type { RefundLife } from './refund.life';
import type { SettlementLife } from './settlement.life';
import type { InvoiceRow, OrderRow, PaymentRow } from './store';
import type { World } from './world';

/** What nobody captures goes back to the payer after so long. */
export const UNCAPTURED_DAYS = 3;

export const ORDER_PAID =
  'Your payment has been declined as the order is already paid. Please initiate the payment with a new order.';

export interface Attempt {
  readonly order: OrderRow;
  readonly method: Method;
  readonly international?: boolean;
  /** Minor units; the order's own where absent. */
  readonly amount?: number;
  readonly notes?: Notes;
  readonly description?: string;
  readonly email?: string;
  readonly contact?: string;
  readonly invoice?: InvoiceRow;
  readonly customerId?: string | null;
}

export class PaymentLife {
  constructor(
    private readonly world: World,
    private readonly refunds: RefundLife,
    private readonly settlements: SettlementLife,
  ) {}

  /** Somebody tries to pay an order: nothing is known of the outcome yet. */
  attempt(attempt: Attempt): PaymentRow {
    const { order, method, international = false, invoice, customerId } = attempt;
    const { ids, clock, store } = this.world;
    const wire: Payment = {
      id: ids.make('pay'),
      entity: 'payment',
      amount: attempt.amount ?? order.wire.amount,
      currency: order.wire.currency,
      status: 'created',
      order_id: order.wire.id,
      invoice_id: invoice?.wire.id ?? null,
      international,
      method,
      amount_refunded: 0,
      refund_status: null,
      captured: false,
      description: attempt.description ?? null,
      ...detailsOf(method, international, ids),
      email: attempt.email ?? 'payer@example.org',
      contact: attempt.contact ?? '+910000000000',
      ...(customerId && { customer_id: customerId }),
      notes: attempt.notes ?? [],
      fee: null,
      tax: null,
      error_code: null,
      error_description: null,
      error_source: null,
      error_step: null,
      error_reason: null,
      created_at: clock.now(),
    };
    const row = store.payments.add({ wire, order, refunds: [] });
    order.payments.push(row);
    order.wire.attempts += 1;
    if (order.wire.status === 'created') order.wire.status = 'attempted';
    return row;
  }

  fail(row: PaymentRow, reason = 'payment_failed'): void {
    row.wire.status = 'failed';
    row.wire.error_code = 'BAD_REQUEST_ERROR';
    row.wire.error_description = 'Your payment was not completed. Try another method or try again.';
    row.wire.error_source = 'customer';
    row.wire.error_step = 'payment_authorization';
    row.wire.error_reason = reason;
    this.tell('payment.failed', row);
  }

  /** The payer's bank agrees; late it may, so a failed payment can still get here. */
  authorize(row: PaymentRow): void {
    row.wire.status = 'authorized';
    row.wire.error_code = null;
    row.wire.error_description = null;
    row.wire.error_source = null;
    row.wire.error_step = null;
    row.wire.error_reason = null;
    const { clock } = this.world;
    row.callOff = clock.at(clock.now() + UNCAPTURED_DAYS * DAY, () => this.refunds.back(row));
    this.tell('payment.authorized', row);
  }

  capture(row: PaymentRow): void {
    row.callOff?.();
    const { wire, order } = row;
    Object.assign(wire, feeOf(wire.amount));
    wire.status = 'captured';
    wire.captured = true;
    order.wire.amount_paid += wire.amount;
    order.wire.amount_due = Math.max(order.wire.amount - order.wire.amount_paid, 0);
    const isPaid = order.wire.amount_due === 0 && order.wire.status !== 'paid';
    if (isPaid) order.wire.status = 'paid';
    this.settlements.paymentCaptured(row);
    this.tell('payment.captured', row);
    if (isPaid) this.world.events.emit('order.paid', { payment: wire, order: order.wire });
  }

  /** What happens once the bank has agreed, where the order asked for it: unless it has been paid meanwhile. */
  captureAsOrdered(row: PaymentRow): void {
    if (row.order.capture === 'automatic' && row.order.wire.status !== 'paid') this.capture(row);
  }

  /** As `POST /v1/payments/:id/capture` asks. */
  captureByCall(row: PaymentRow, body: Body): Payment {
    const currency = currencyOf(body);
    const amount = amountOf(body, currency);
    const { wire } = row;
    if (wire.captured) throw refused('This payment has already been captured');
    if (wire.status !== 'authorized') {
      throw refused('Only payments which have been authorized and not yet captured can be captured');
    }
    if (amount !== wire.amount) throw refused('Capture amount must be equal to the amount authorized', 'amount');
    if (currency !== wire.currency) throw refused('Capture currency must be equal to the payment currency', 'currency');
    if (row.order.wire.status === 'paid') throw refused(ORDER_PAID);
    this.capture(row);
    return wire;
  }

  private tell(event: 'payment.authorized' | 'payment.captured' | 'payment.failed', { wire }: PaymentRow): void {
    this.world.events.emit(event, { payment: wire });
  }
}
