import type { Fact } from '../../infra/outbox/fact';
import type { CommissionPayload } from './commission.event';

/** An order is done. */
export class CommissionClosed implements Fact {
  static readonly topic = 'commission-closed';
  readonly topic = CommissionClosed.topic;

  constructor(readonly payload: CommissionPayload) {}
}
