import type { Fact } from '../../infra/outbox/fact';

export type MembershipChangedPayload = {
  membership_id: number;
  account_id: number;
  creator_id: number;
  tier_id: number;
  /** ISO 8601; null = open. */
  access_until: string | null;
  /** ISO 8601 */
  at: string;
};

/** A member's access ends at another time than before. */
export class MembershipChanged implements Fact {
  static readonly topic = 'membership-changed';
  readonly topic = MembershipChanged.topic;

  constructor(readonly payload: MembershipChangedPayload) {}
}
