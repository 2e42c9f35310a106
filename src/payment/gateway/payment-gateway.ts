import type { Money } from '../../common/money';
import type { MandateStatus } from '../events/mandate-changed.event';

/** Up to 15 pairs of texts of up to 256 characters: what Razorpay keeps beside an entity, and anybody may have set. */
export type Notes = Readonly<Record<string, string>>;

export type OrderStatus = 'created' | 'attempted' | 'paid';
export type PaymentStatus = 'created' | 'authorized' | 'captured' | 'refunded' | 'failed';
export type InvoiceStatus = 'draft' | 'issued' | 'partially_paid' | 'paid' | 'cancelled' | 'expired' | 'deleted';
export type RefundStatus = 'pending' | 'processed' | 'failed';
export type DisputeStatus = 'open' | 'under_review' | 'won' | 'lost' | 'closed';
export type ReconType = 'payment' | 'refund' | 'transfer' | 'adjustment';

/** `automatic`: captured as soon as the payer's bank authorises; `manual`: when we say so. */
export type CaptureMode = 'automatic' | 'manual';

// Every amount, fee and tax is in minor units of its currency.

export interface GatewayOrder {
  readonly id: string;
  readonly amount: number;
  readonly amountPaid: number;
  readonly currency: string;
  readonly receipt: string | null;
  readonly status: OrderStatus;
  readonly notes: Notes;
  readonly createdAt: Date;
}

export interface GatewayPayment {
  readonly id: string;
  readonly amount: number;
  readonly currency: string;
  readonly status: PaymentStatus;
  readonly orderId: string | null;
  readonly invoiceId: string | null;
  /** Whom the gateway knows the payer of a mandate as. */
  readonly customerId: string | null;
  readonly captured: boolean;
  /** Whether the payer's bank is abroad. */
  readonly international: boolean;
  readonly amountRefunded: number;
  readonly method: string | null;
  readonly email: string | null;
  readonly contact: string | null;
  /** Of the gateway, `tax` included; null until it is known. */
  readonly fee: number | null;
  readonly tax: number | null;
  readonly errorCode: string | null;
  readonly errorDescription: string | null;
  readonly notes: Notes;
  readonly createdAt: Date;
}

export interface GatewaySubscription {
  readonly id: string;
  readonly planId: string;
  /** Null until its payer has authorised it. */
  readonly customerId: string | null;
  readonly status: MandateStatus;
  readonly currentStart: Date | null;
  readonly currentEnd: Date | null;
  readonly endedAt: Date | null;
  readonly chargeAt: Date | null;
  readonly startAt: Date | null;
  readonly endAt: Date | null;
  readonly totalCount: number;
  readonly paidCount: number;
  readonly remainingCount: number;
  readonly hasScheduledChanges: boolean;
  readonly changeScheduledAt: Date | null;
  readonly shortUrl: string | null;
  readonly paymentMethod: string | null;
  readonly notes: Notes;
  readonly createdAt: Date;
}

export interface GatewayInvoice {
  readonly id: string;
  readonly subscriptionId: string | null;
  readonly orderId: string | null;
  readonly paymentId: string | null;
  readonly status: InvoiceStatus;
  readonly amount: number;
  readonly currency: string;
  readonly billingStart: Date | null;
  readonly billingEnd: Date | null;
  readonly createdAt: Date;
}

export interface GatewayRefund {
  readonly id: string;
  readonly paymentId: string;
  readonly amount: number;
  readonly currency: string;
  readonly status: RefundStatus;
  readonly receipt: string | null;
  readonly notes: Notes;
  readonly createdAt: Date;
}

export interface GatewayDispute {
  readonly id: string;
  readonly paymentId: string;
  readonly amount: number;
  readonly currency: string;
  /** What the gateway holds back while it lasts. */
  readonly amountDeducted: number;
  readonly status: DisputeStatus;
  readonly phase: string;
  readonly reasonCode: string | null;
  readonly createdAt: Date;
}

export interface GatewayPlan {
  readonly id: string;
  readonly amount: number;
  readonly currency: string;
  readonly name: string;
  readonly notes: Notes;
  readonly createdAt: Date;
}

/** A line of the settlement report: what one entity added to (credit) or took from (debit) our balance there. */
export interface GatewayReconLine {
  readonly entityId: string;
  readonly type: ReconType;
  readonly debit: number;
  readonly credit: number;
  readonly amount: number;
  readonly currency: string;
  readonly fee: number;
  readonly tax: number;
  readonly settled: boolean;
  readonly settledAt: Date | null;
  readonly settlementId: string | null;
  readonly settlementUtr: string | null;
  readonly paymentId: string | null;
  /** What the adjustment is for, where it is for one. */
  readonly disputeId: string | null;
  readonly createdAt: Date;
}

/** A stretch of a list, newest first. */
export interface GatewayPage {
  /** Of the creation, both inclusive, to the second. */
  readonly from?: Date;
  readonly to?: Date;
  /** 1 to 100. */
  readonly count: number;
  readonly skip: number;
}

/** What can't be read of a list. */
export interface OddItem {
  /** The gateway's, where it has one. */
  readonly id: string | null;
  readonly fault: string;
}

/** A page of a list. One odd item does not hide the others. */
export interface Listing<T> {
  readonly items: readonly T[];
  readonly odd: readonly OddItem[];
  /** How many the gateway listed, odd ones too. */
  readonly size: number;
}

export interface NewOrder extends Money {
  /** Ours, unique, up to 40 characters: what makes a repeat safe. */
  readonly receipt: string;
  readonly capture: CaptureMode;
  readonly notes: Notes;
}

export interface NewRefund {
  readonly amount: number;
  /** Ours, unique, 10 characters or more: the same key again is the same refund. */
  readonly key: string;
  readonly notes: Notes;
}

/** Charged once a month. */
export interface NewPlan extends Money {
  readonly name: string;
  readonly notes: Notes;
}

export interface NewSubscription {
  readonly planId: string;
  /** Of charges. */
  readonly totalCount: number;
  /** Of the first charge; at once, where absent. */
  readonly startAt?: Date;
  /** Until when the payer may authorise it. */
  readonly expireBy?: Date;
  readonly notes: Notes;
}

export interface SubscriptionChange {
  readonly planId: string;
  readonly when: 'now' | 'cycle_end';
}

export interface ReconQuery {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day?: number;
  /** 1 to 1000. */
  readonly count: number;
  readonly skip: number;
}

/**
 * The payment provider. Each method throws GatewayError, and a plain Error inside a unit of work: no transaction waits
 * for somebody else's server. A listing has no end of its own: the caller pages until its `size` is below `count`.
 */
export abstract class PaymentGateway {
  /** The key id, which every checkout shows. */
  abstract readonly publicKey: string;

  /** The same receipt again is meant to be the same order: a lost answer is looked up, not sent twice. */
  abstract createOrder(order: NewOrder): Promise<GatewayOrder>;
  abstract order(id: string): Promise<GatewayOrder>;
  abstract ordersByReceipt(receipt: string): Promise<GatewayOrder[]>;
  /** Every attempt to pay it, failed ones too. */
  abstract orderPayments(orderId: string): Promise<GatewayPayment[]>;
  abstract orders(page: GatewayPage): Promise<Listing<GatewayOrder>>;

  abstract payment(id: string): Promise<GatewayPayment>;
  abstract payments(page: GatewayPage): Promise<Listing<GatewayPayment>>;
  /** `money` is what was authorised, whole. */
  abstract capture(paymentId: string, money: Money): Promise<GatewayPayment>;

  abstract refund(paymentId: string, refund: NewRefund): Promise<GatewayRefund>;
  abstract refundsOf(paymentId: string): Promise<GatewayRefund[]>;
  abstract refunds(page: GatewayPage): Promise<Listing<GatewayRefund>>;

  abstract createPlan(plan: NewPlan): Promise<{ id: string }>;
  abstract plans(page: GatewayPage): Promise<Listing<GatewayPlan>>;

  abstract createSubscription(subscription: NewSubscription): Promise<GatewaySubscription>;
  abstract subscription(id: string): Promise<GatewaySubscription>;
  abstract subscriptions(page: GatewayPage): Promise<Listing<GatewaySubscription>>;
  abstract updateSubscription(id: string, change: SubscriptionChange): Promise<GatewaySubscription>;
  abstract cancelScheduledChange(id: string): Promise<GatewaySubscription>;
  abstract cancelSubscription(id: string, when: { readonly atCycleEnd: boolean }): Promise<GatewaySubscription>;
  abstract pauseSubscription(id: string): Promise<GatewaySubscription>;
  abstract resumeSubscription(id: string): Promise<GatewaySubscription>;

  abstract invoicesOf(subscriptionId: string): Promise<GatewayInvoice[]>;
  abstract invoice(id: string): Promise<GatewayInvoice>;

  abstract disputes(page: GatewayPage): Promise<Listing<GatewayDispute>>;
  abstract reconLines(query: ReconQuery): Promise<Listing<GatewayReconLine>>;
}
