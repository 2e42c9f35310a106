import type { Fact } from '../../infra/outbox/fact';
import type { CommissionPayload } from './commission.event';

/** A creator handed in the work. */
export class CommissionDelivered implements Fact {
  static readonly topic = 'commission-delivered';
  readonly topic = CommissionDelivered.topic;

  constructor(readonly payload: CommissionPayload) {}
}
