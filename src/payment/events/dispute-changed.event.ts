import type { Fact } from '../../infra/outbox/fact';
import type { Purpose } from '../purpose';

/** Ids are ours, amounts in minor units. */
export type DisputeChangedPayload = {
  dispute_id: number;
  payment_id: number;
  purpose: Purpose;
  /** The consumer's own id of what was paid for. */
  reference: string | null;
  payee_id: number | null;
  status: 'open' | 'under_review' | 'won' | 'lost' | 'closed';
  amount: number;
  currency: string;
};

/** A payer's bank wants a payment back, or has decided. */
export class DisputeChanged implements Fact {
  static readonly topic = 'dispute-changed';
  readonly topic = DisputeChanged.topic;

  constructor(readonly payload: DisputeChangedPayload) {}
}
