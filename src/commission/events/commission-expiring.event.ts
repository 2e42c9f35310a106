import type { Fact } from '../../infra/outbox/fact';
import type { CommissionPayload } from './commission.event';

/** An order's money is held for about a day more: then it goes back, unless the creator answers. */
export class CommissionExpiring implements Fact {
  static readonly topic = 'commission-expiring';
  readonly topic = CommissionExpiring.topic;

  constructor(readonly payload: CommissionPayload) {}
}
