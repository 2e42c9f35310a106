import type { Fact } from '../../infra/outbox/fact';
import type { CommissionPayload } from './commission.event';

/** A buyer took an order back before it was answered. */
export class CommissionCancelled implements Fact {
  static readonly topic = 'commission-cancelled';
  readonly topic = CommissionCancelled.topic;

  constructor(readonly payload: CommissionPayload) {}
}
