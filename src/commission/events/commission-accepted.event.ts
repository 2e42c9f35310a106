import type { Fact } from '../../infra/outbox/fact';
import type { CommissionPayload } from './commission.event';

/** A creator took an order, and the money for it. */
export class CommissionAccepted implements Fact {
  static readonly topic = 'commission-accepted';
  readonly topic = CommissionAccepted.topic;

  constructor(readonly payload: CommissionPayload) {}
}
