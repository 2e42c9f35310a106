import type { Period } from './cycle.rules';

/** What Razorpay answers, in its own names. Empty notes are an array: that is Razorpay's way. */
export type Notes = Readonly<Record<string, string | number>> | readonly [];

export interface Order {
  readonly id: string;
  readonly entity: 'order';
  readonly amount: number;
  amount_paid: number;
  amount_due: number;
  readonly currency: string;
  readonly receipt: string | null;
  readonly offer_id: null;
  status: 'created' | 'attempted' | 'paid';
  attempts: number;
  readonly notes: Notes;
  readonly created_at: number;
}

export type Method = 'card' | 'upi' | 'netbanking' | 'wallet' | 'emandate';

export interface Card {
  readonly id: string;
  readonly entity: 'card';
  readonly name: string;
  readonly last4: string;
  readonly network: string;
  readonly type: string;
  readonly issuer: string | null;
  readonly international: boolean;
  readonly emi: boolean;
  readonly sub_type: string;
}

export interface Payment {
  readonly id: string;
  readonly entity: 'payment';
  readonly amount: number;
  readonly currency: string;
  status: 'created' | 'authorized' | 'captured' | 'refunded' | 'failed';
  readonly order_id: string | null;
  invoice_id: string | null;
  readonly international: boolean;
  readonly method: Method;
  amount_refunded: number;
  refund_status: null | 'partial' | 'full';
  captured: boolean;
  readonly description: string | null;
  readonly card_id: string | null;
  readonly card?: Card;
  readonly bank: string | null;
  readonly wallet: string | null;
  readonly vpa: string | null;
  readonly email: string;
  readonly contact: string;
  customer_id?: string;
  readonly notes: Notes;
  fee: number | null;
  tax: number | null;
  error_code: string | null;
  error_description: string | null;
  error_source: string | null;
  error_step: string | null;
  error_reason: string | null;
  readonly acquirer_data: Readonly<Record<string, string | null>>;
  readonly created_at: number;
}

export interface Refund {
  readonly id: string;
  readonly entity: 'refund';
  readonly amount: number;
  readonly currency: string;
  readonly payment_id: string;
  readonly notes: Notes;
  readonly receipt: string | null;
  readonly acquirer_data: { arn: string | null };
  readonly created_at: number;
  readonly batch_id: null;
  status: 'pending' | 'processed' | 'failed';
  readonly speed_processed: 'normal';
  readonly speed_requested: 'normal' | 'optimum';
}

export interface Plan {
  readonly id: string;
  readonly entity: 'plan';
  readonly interval: number;
  readonly period: Period;
  readonly item: {
    readonly id: string;
    readonly active: boolean;
    readonly name: string;
    readonly description: string | null;
    readonly amount: number;
    readonly unit_amount: number;
    readonly currency: string;
    readonly type: 'plan';
    readonly unit: null;
    readonly tax_inclusive: boolean;
    readonly hsn_code: null;
    readonly sac_code: null;
    readonly tax_rate: null;
    readonly tax_id: null;
    readonly tax_group_id: null;
    readonly created_at: number;
    readonly updated_at: number;
  };
  readonly notes: Notes;
  readonly created_at: number;
}

export interface Customer {
  readonly id: string;
  readonly entity: 'customer';
  readonly name: string | null;
  readonly email: string | null;
  readonly contact: string | null;
  readonly gstin: string | null;
  readonly notes: Notes;
  readonly created_at: number;
}

export type SubscriptionStatus =
  'created' | 'authenticated' | 'active' | 'pending' | 'halted' | 'paused' | 'cancelled' | 'completed' | 'expired';

export interface Subscription {
  readonly id: string;
  readonly entity: 'subscription';
  plan_id: string;
  customer_id: string | null;
  status: SubscriptionStatus;
  current_start: number | null;
  current_end: number | null;
  ended_at: number | null;
  quantity: number;
  readonly notes: Notes;
  charge_at: number | null;
  start_at: number | null;
  end_at: number | null;
  auth_attempts: number;
  total_count: number;
  paid_count: number;
  customer_notify: boolean;
  readonly created_at: number;
  readonly expire_by: number | null;
  readonly short_url: string;
  has_scheduled_changes: boolean;
  change_scheduled_at: number | null;
  readonly source: 'api';
  readonly offer_id: string | null;
  payment_method?: string;
  paused_at?: number;
  pause_initiated_by?: 'self' | null;
  remaining_count: number;
}

export interface Invoice {
  readonly id: string;
  readonly entity: 'invoice';
  readonly receipt: null;
  readonly invoice_number: null;
  readonly customer_id: string | null;
  readonly customer_details: Readonly<Record<string, string | null>>;
  readonly order_id: string;
  readonly subscription_id: string;
  readonly line_items: readonly Readonly<Record<string, unknown>>[];
  payment_id: string | null;
  status: 'issued' | 'paid';
  readonly expire_by: null;
  readonly issued_at: number;
  paid_at: number | null;
  readonly cancelled_at: null;
  readonly expired_at: null;
  readonly sms_status: null;
  readonly email_status: null;
  readonly date: number;
  readonly terms: null;
  readonly partial_payment: boolean;
  readonly gross_amount: number;
  readonly tax_amount: number;
  readonly taxable_amount: number;
  readonly amount: number;
  amount_paid: number;
  amount_due: number;
  readonly currency: string;
  readonly currency_symbol: string;
  readonly description: null;
  readonly notes: Notes;
  readonly comment: null;
  readonly short_url: string;
  readonly view_less: boolean;
  readonly billing_start: number;
  readonly billing_end: number;
  readonly type: 'invoice';
  readonly group_taxes_discounts: boolean;
  readonly created_at: number;
  readonly idempotency_key: null;
}

export const DISPUTE_STATUSES = ['open', 'under_review', 'won', 'lost', 'closed'] as const;
export type DisputeStatus = (typeof DISPUTE_STATUSES)[number];

export interface Dispute {
  readonly id: string;
  readonly entity: 'dispute';
  readonly payment_id: string;
  readonly amount: number;
  readonly currency: string;
  amount_deducted: number;
  readonly reason_code: string;
  readonly respond_by: number;
  status: DisputeStatus;
  phase: string;
  readonly created_at: number;
  readonly evidence: Readonly<Record<string, string | number | null>>;
}

export interface Settlement {
  readonly id: string;
  readonly entity: 'settlement';
  readonly amount: number;
  readonly status: 'processed';
  readonly fees: number;
  readonly tax: number;
  readonly utr: string;
  readonly created_at: number;
}

export interface ReconLine {
  readonly entity_id: string;
  readonly type: 'payment' | 'refund' | 'adjustment';
  readonly debit: number;
  readonly credit: number;
  readonly amount: number;
  readonly currency: string;
  readonly fee: number;
  readonly tax: number;
  readonly on_hold: boolean;
  readonly settled: boolean;
  readonly created_at: number;
  readonly settled_at: number;
  readonly settlement_id: string;
  readonly posted_at: null;
  readonly credit_type: 'default';
  readonly description: string | null;
  readonly notes: string;
  readonly payment_id: string | null;
  readonly settlement_utr: string;
  readonly order_id: string | null;
  readonly order_receipt: string | null;
  readonly method: string | null;
  readonly card_network: string | null;
  readonly card_issuer: string | null;
  readonly card_type: string | null;
  readonly dispute_id: string | null;
}
