import type { Fact } from '../../infra/outbox/fact';
import type { CommissionPayload } from './commission.event';

/** An order was not paid, or not answered, in time. */
export class CommissionExpired implements Fact {
  static readonly topic = 'commission-expired';
  readonly topic = CommissionExpired.topic;

  constructor(readonly payload: CommissionPayload) {}
}
