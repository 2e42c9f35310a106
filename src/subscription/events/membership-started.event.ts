import type { Fact } from '../../infra/outbox/fact';

export type MembershipStartedPayload = {
  membership_id: number;
  account_id: number;
  creator_id: number;
  tier_id: number;
  /** ISO 8601; null = open. */
  access_until: string | null;
  /** ISO 8601 */
  at: string;
};

/** Somebody is a member of a tier now, for the first time or again. */
export class MembershipStarted implements Fact {
  static readonly topic = 'membership-started';
  readonly topic = MembershipStarted.topic;

  constructor(readonly payload: MembershipStartedPayload) {}
}
