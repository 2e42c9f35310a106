import type { Fact } from '../../infra/outbox/fact';
import type { MembershipPayload } from './membership.event';

/** Nothing holds the membership any more. */
export class MembershipEnded implements Fact {
  static readonly topic = 'membership-ended';
  readonly topic = MembershipEnded.topic;

  constructor(readonly payload: MembershipPayload) {}
}
