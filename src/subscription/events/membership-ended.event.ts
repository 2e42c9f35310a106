import type { Fact } from '../../infra/outbox/fact';

export type MembershipEndedPayload = {
  membership_id: number;
  account_id: number;
  creator_id: number;
  tier_id: number;
  /** ISO 8601; null = open. */
  access_until: string | null;
  /** ISO 8601 */
  at: string;
};

/** Nothing holds the membership any more. */
export class MembershipEnded implements Fact {
  static readonly topic = 'membership-ended';
  readonly topic = MembershipEnded.topic;

  constructor(readonly payload: MembershipEndedPayload) {}
}
