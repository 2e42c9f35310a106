import { leadsTo, type Moves, unlessAlike } from '../forward.rules';

export const PAYMENT_STATUSES = ['created', 'failed', 'authorized', 'captured', 'refunded'] as const;
export type PaymentStatus = (typeof PAYMENT_STATUSES)[number];

/**
 * A failed payment may still be authorised: banks answer late, and UPI tries again. An authorised one that nobody
 * captures is given back by the gateway.
 */
export const PAYMENT_MOVES: Moves<PaymentStatus> = {
  created: ['failed', 'authorized', 'captured'],
  failed: ['authorized', 'captured'],
  authorized: ['captured', 'refunded'],
  captured: ['refunded'],
  refunded: [],
};

/** What the gateway said of a payment at some moment; amounts in minor units. */
export interface PaymentSnapshot {
  readonly status: PaymentStatus;
  readonly captured: boolean;
  readonly amountRefunded: number;
  /** The gateway's share, tax included; null until it is known. */
  readonly fee: number | null;
  readonly tax: number | null;
  readonly method: string | null;
  readonly errorCode: string | null;
  readonly errorDescription: string | null;
}

/** What is known of it. */
export interface PaymentRecord {
  readonly status: PaymentStatus;
  /** Whether the money was ever ours. Refunded and never captured: the gateway gave back what nobody captured. */
  readonly captured: boolean;
  /** Minor units; only grows. */
  readonly refundedAmount: number;
  /** Minor units, tax included. Set once, together with `tax`: the ledger books them once. */
  readonly fee: number | null;
  readonly tax: number | null;
  readonly method: string | null;
  /** Of a failed payment; null again when it succeeds after all. */
  readonly errorCode: string | null;
  readonly errorDescription: string | null;
}

type Fee = Pick<PaymentRecord, 'fee' | 'tax'>;
type Fault = Pick<PaymentRecord, 'errorCode' | 'errorDescription'>;

const NO_FAULT: Fault = { errorCode: null, errorDescription: null };

/** A payment before its first snapshot. */
export const UNSEEN_PAYMENT: PaymentRecord = {
  status: 'created',
  captured: false,
  refundedAmount: 0,
  fee: null,
  tax: null,
  method: null,
  ...NO_FAULT,
};

/** What is known after `snapshot`, in whatever order snapshots come; `known` itself where it says nothing new. */
export function mergePayment<R extends PaymentRecord>(known: R, snapshot: PaymentSnapshot): R {
  const { status } = leadsTo(PAYMENT_MOVES, known.status, snapshot.status) ? snapshot : known;
  return unlessAlike(known, {
    ...known,
    status,
    captured: known.captured || isCaptured(snapshot),
    refundedAmount: Math.max(known.refundedAmount, snapshot.amountRefunded),
    ...feeOf(known, snapshot),
    method: known.method ?? snapshot.method,
    ...(status === 'failed' ? faultOf(known, snapshot) : NO_FAULT),
  });
}

function isCaptured({ status, captured }: PaymentSnapshot): boolean {
  return captured || status === 'captured';
}

/** Before the capture a fee is an estimate at best. */
function feeOf(known: PaymentRecord, snapshot: PaymentSnapshot): Fee {
  if (known.fee !== null || snapshot.fee === null || !isCaptured(snapshot)) return { fee: known.fee, tax: known.tax };
  return { fee: snapshot.fee, tax: snapshot.tax ?? 0 };
}

function faultOf(known: PaymentRecord, { status, errorCode, errorDescription }: PaymentSnapshot): Fault {
  if (status !== 'failed') return { errorCode: known.errorCode, errorDescription: known.errorDescription };
  return {
    errorCode: errorCode ?? known.errorCode,
    errorDescription: errorDescription ?? known.errorDescription,
  };
}
