import type { Fact } from '../../infra/outbox/fact';
import type { CommissionPayload } from './commission.event';

/** The money for an accepted order goes back to its buyer. */
export class CommissionRefunded implements Fact {
  static readonly topic = 'commission-refunded';
  readonly topic = CommissionRefunded.topic;

  constructor(readonly payload: CommissionPayload) {}
}
