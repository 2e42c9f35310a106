import type { Fact } from '../../infra/outbox/fact';
import type { Purpose } from '../purpose';

/** As Razorpay names them. */
export const MANDATE_STATUSES = [
  'created',
  'authenticated',
  'active',
  'pending',
  'halted',
  'paused',
  'cancelled',
  'completed',
  'expired',
] as const;
export type MandateStatus = (typeof MANDATE_STATUSES)[number];

export type MandateChangedPayload = {
  /** Ours. */
  mandate_id: number;
  purpose: Purpose;
  /** The consumer's own id of what is paid for. */
  reference: string | null;
  status: MandateStatus;
  /** Charges that went through. */
  paid_count: number;
  /** ISO 8601; of the cycle that is charged for, paid or not. */
  current_end: string | null;
  /** Whether it was cancelled as of the end of what is paid. */
  ends_at_cycle: boolean;
};

/** A mandate stands otherwise than before. */
export class MandateChanged implements Fact {
  static readonly topic = 'mandate-changed';
  readonly topic = MandateChanged.topic;

  constructor(readonly payload: MandateChangedPayload) {}
}
