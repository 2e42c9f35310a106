import type { Fact } from '../../infra/outbox/fact';

export type CourseSaleChangedPayload = {
  /** Canonical. */
  course_id: string;
  /** ISO 8601 */
  at: string;
};

/** A course is back from the archive, or others may sell it than before: tiers may carry it that opened it to nobody. */
export class CourseSaleChanged implements Fact {
  static readonly topic = 'course-sale-changed';
  readonly topic = CourseSaleChanged.topic;

  constructor(readonly payload: CourseSaleChangedPayload) {}
}
