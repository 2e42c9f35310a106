import type { Fact } from '../../infra/outbox/fact';
import type { CommissionPayload } from './commission.event';

/** Somebody's bank holds the money for an order: its creator has to answer. */
export class CommissionOrdered implements Fact {
  static readonly topic = 'commission-ordered';
  readonly topic = CommissionOrdered.topic;

  constructor(readonly payload: CommissionPayload) {}
}
