import type { Fact } from '../../infra/outbox/fact';
import type { CommissionPayload } from './commission.event';

/** A slot became free for who waited: the order is to be paid now. */
export class CommissionAdmitted implements Fact {
  static readonly topic = 'commission-admitted';
  readonly topic = CommissionAdmitted.topic;

  constructor(readonly payload: CommissionPayload) {}
}
