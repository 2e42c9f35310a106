import type { Fact } from '../../infra/outbox/fact';

export type MembershipPastDuePayload = {
  subscription_id: number;
  account_id: number;
  creator_id: number;
  tier_id: number;
  /** ISO 8601: until then the member keeps access; null = there is none any more. */
  access_until: string | null;
  /** ISO 8601 */
  at: string;
};

/** A renewal was not paid. */
export class MembershipPastDue implements Fact {
  static readonly topic = 'membership-past-due';
  readonly topic = MembershipPastDue.topic;

  constructor(readonly payload: MembershipPastDuePayload) {}
}
