/** What the facts of a membership tell. */
export type MembershipPayload = {
  membership_id: number;
  account_id: number;
  creator_id: number;
  tier_id: number;
  /** Of a change from one tier to another: the tier before. */
  previous_tier_id?: number;
  /** Of an end by a change from one tier to another: the tier that has taken its place. */
  next_tier_id?: number;
  /** ISO 8601; null = open. */
  access_until: string | null;
  /** ISO 8601 */
  at: string;
};
