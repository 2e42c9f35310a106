import type { Fact } from '../../infra/outbox/fact';

export type TierCoursesChangedPayload = {
  tier_id: number;
  creator_id: number;
  /** ISO 8601 */
  at: string;
};

/** A tier opens other courses than before. Which ones is read from the tier: it may have changed again. */
export class TierCoursesChanged implements Fact {
  static readonly topic = 'tier-courses-changed';
  readonly topic = TierCoursesChanged.topic;

  constructor(readonly payload: TierCoursesChangedPayload) {}
}
