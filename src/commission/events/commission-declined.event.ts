import type { Fact } from '../../infra/outbox/fact';
import type { CommissionPayload } from './commission.event';

/** A creator does not take an order; nothing was taken of its money. */
export class CommissionDeclined implements Fact {
  static readonly topic = 'commission-declined';
  readonly topic = CommissionDeclined.topic;

  constructor(readonly payload: CommissionPayload) {}
}
