import type { Fact } from '../../infra/outbox/fact';
import type { MembershipPayload } from './membership.event';

/** Somebody is a member of a tier now, for the first time or again. */
export class MembershipStarted implements Fact {
  static readonly topic = 'membership-started';
  readonly topic = MembershipStarted.topic;

  constructor(readonly payload: MembershipPayload) {}
}
