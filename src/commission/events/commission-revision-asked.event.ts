import type { Fact } from '../../infra/outbox/fact';
import type { CommissionPayload } from './commission.event';

/** A buyer wants something of the work changed. */
export class CommissionRevisionAsked implements Fact {
  static readonly topic = 'commission-revision-asked';
  readonly topic = CommissionRevisionAsked.topic;

  constructor(readonly payload: CommissionPayload) {}
}
