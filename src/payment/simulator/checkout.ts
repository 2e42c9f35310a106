import { hmacSha256 } from '../../infra/crypto/digest';
import { type ErrorBody, refused } from './api-error';
import type { Method, Notes } from './entities';
import { type Body, choiceOf, flagOf, integerOf, notesOf, textOf } from './input';
import { ORDER_PAID, type PaymentLife } from './payment.life';
import type { RefundLife } from './refund.life';
import type { InvoiceRow, OrderRow, PaymentRow, SubscriptionRow } from './store';
import type { SubscriptionLife } from './subscription.life';
import type { World } from './world';

export const METHODS = ['card', 'upi', 'netbanking', 'wallet', 'emandate'] as const;
/** `authorized`: the bank agrees and nothing is captured. `late`: it fails, and is authorised a minute later. */
export const OUTCOMES = ['paid', 'failed', 'authorized', 'late'] as const;

const LATE_SECONDS = 60;

/** What Razorpay's checkout hands to the page that opened it. */
export interface Callback {
  readonly razorpay_payment_id: string;
  readonly razorpay_order_id?: string;
  readonly razorpay_subscription_id?: string;
  readonly razorpay_signature: string;
}

export type Paid = { readonly callback: Callback } | { readonly error: ErrorBody };

interface Choice {
  readonly method: Method;
  readonly international: boolean;
  readonly outcome: (typeof OUTCOMES)[number];
  readonly notes: Notes;
  readonly amount: number | undefined;
  readonly email: string | undefined;
  readonly contact: string | undefined;
}

/** What is paid for: which order, what comes of it, and the message that is signed. */
interface Purchase {
  readonly order: OrderRow;
  readonly invoice?: InvoiceRow;
  readonly description?: string;
  readonly isOpen: () => boolean;
  /** The bank has agreed to this payment. */
  readonly agreed: (payment: PaymentRow, outcome: Choice['outcome']) => void;
  readonly callback: (paymentId: string) => Callback;
}

/** A payer at Razorpay's checkout. */
export class Checkout {
  constructor(
    private readonly world: World,
    private readonly payments: PaymentLife,
    private readonly refunds: RefundLife,
    private readonly subscriptions: SubscriptionLife,
  ) {}

  /**
   * Pays `{order_id | subscription_id | invoice_id, method?, outcome?, notes?, amount?, email?, contact?,
   * international?}`. Answers the signed callback, or the error that the checkout would show. Throws an ApiError where
   * there is nothing to pay.
   */
  pay(body: Body): Paid {
    const choice = choiceFrom(body);
    const purchase = this.purchaseOf(body);
    const { amount, outcome, ...payer } = choice;
    const payment = this.payments.attempt({ ...purchase, ...payer, amount });
    if (outcome === 'paid' || outcome === 'authorized') {
      this.agree(purchase, payment, outcome);
      return { callback: purchase.callback(payment.wire.id) };
    }
    this.payments.fail(payment, outcome === 'late' ? 'payment_timed_out' : 'payment_cancelled');
    const { clock } = this.world;
    if (outcome === 'late') clock.at(clock.now() + LATE_SECONDS, () => this.agree(purchase, payment, outcome));
    return { error: errorOf(payment) };
  }

  /** What the page shows: amount, currency and what it is for. Throws as `pay` does. */
  describe(body: Body): { readonly amount: number; readonly currency: string; readonly title: string } {
    const { order_id: orderId, subscription_id: subscriptionId } = body;
    if (typeof subscriptionId === 'string') {
      const { plan, wire } = this.world.store.subscriptions.get(subscriptionId);
      return { amount: plan.item.amount * wire.quantity, currency: plan.item.currency, title: plan.item.name };
    }
    const order = typeof orderId === 'string' ? this.world.store.orders.get(orderId) : this.purchaseOf(body).order;
    return { amount: order.wire.amount, currency: order.wire.currency, title: order.wire.id };
  }

  private agree(purchase: Purchase, payment: PaymentRow, outcome: Choice['outcome']): void {
    this.payments.authorize(payment);
    if (purchase.isOpen()) purchase.agreed(payment, outcome);
  }

  private purchaseOf(body: Body): Purchase {
    const { store } = this.world;
    const [orderId, subscriptionId, invoiceId] = ['order_id', 'subscription_id', 'invoice_id'].map((field) =>
      textOf(body, field),
    );
    if (orderId !== undefined) return this.ofOrder(store.orders.get(orderId));
    if (subscriptionId !== undefined) return this.ofSubscription(store.subscriptions.get(subscriptionId));
    if (invoiceId !== undefined) return this.ofInvoice(store.invoices.get(invoiceId));
    throw refused('One of order_id, subscription_id and invoice_id is required.');
  }

  private ofOrder(order: OrderRow): Purchase {
    if (order.wire.status === 'paid') throw refused(ORDER_PAID);
    return {
      order,
      isOpen: () => true,
      agreed: (payment, outcome) => {
        if (outcome !== 'authorized') this.payments.captureAsOrdered(payment);
      },
      callback: (paymentId) => ({
        razorpay_payment_id: paymentId,
        razorpay_order_id: order.wire.id,
        razorpay_signature: this.sign(`${order.wire.id}|${paymentId}`),
      }),
    };
  }

  private ofSubscription(row: SubscriptionRow): Purchase {
    const isOpen = (): boolean => row.life.status === 'created';
    if (!isOpen()) throw refused(`Subscription cannot be authenticated in ${row.life.status} status.`);
    const takesFirstCycle = row.wire.start_at === null;
    return {
      order: this.subscriptions.authOrder(row),
      description: takesFirstCycle ? 'Recurring Payment via Subscription' : 'Authorisation of a Subscription',
      isOpen,
      agreed: (payment) => {
        if (!takesFirstCycle) this.refunds.back(payment);
        this.subscriptions.authenticate(row, payment);
      },
      callback: (paymentId) => ({
        razorpay_payment_id: paymentId,
        razorpay_subscription_id: row.wire.id,
        razorpay_signature: this.sign(`${paymentId}|${row.wire.id}`),
      }),
    };
  }

  /** An invoice that the mandate did not pay, as of a halted subscription. */
  private ofInvoice(invoice: InvoiceRow): Purchase {
    const isOpen = (): boolean => invoice.wire.status === 'issued';
    if (!isOpen()) throw refused(ORDER_PAID);
    return {
      ...this.ofOrder(invoice.order),
      invoice,
      isOpen,
      agreed: (payment) => {
        this.payments.capture(payment);
        this.subscriptions.invoicePaid(invoice, payment);
      },
    };
  }

  private sign(message: string): string {
    return hmacSha256(this.world.keys.keySecret, message).toString('hex');
  }
}

function choiceFrom(body: Body): Choice {
  const amount = integerOf(body, 'amount');
  if (amount !== undefined && amount < 1) throw refused('The amount must be at least 1.', 'amount');
  return {
    method: choiceOf(body, 'method', METHODS, 'card'),
    international: flagOf(body, 'international', false),
    outcome: choiceOf(body, 'outcome', OUTCOMES, 'paid'),
    notes: notesOf(body),
    amount,
    email: textOf(body, 'email'),
    contact: textOf(body, 'contact', 20),
  };
}

function errorOf({ wire }: PaymentRow): ErrorBody {
  return {
    code: wire.error_code ?? '',
    description: wire.error_description ?? '',
    source: wire.error_source ?? '',
    step: wire.error_step ?? '',
    reason: wire.error_reason ?? '',
    metadata: { payment_id: wire.id, ...(wire.order_id && { order_id: wire.order_id }) },
  };
}
