import type { Fact } from '../../infra/outbox/fact';
import type { MembershipPayload } from './membership.event';

/** A member's access ends at another time than before, or another tier has taken the place of the one before. */
export class MembershipChanged implements Fact {
  static readonly topic = 'membership-changed';
  readonly topic = MembershipChanged.topic;

  constructor(readonly payload: MembershipPayload) {}
}
