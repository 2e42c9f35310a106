import type { Fact } from '../../infra/outbox/fact';

export type EnrolmentExpiringPayload = {
  enrolment_id: number;
  account_id: number;
  course: { id: number; course_id: string; display_name: string };
  /** ISO 8601 */
  expires_at: string;
};

/** An account's access to a course will end in a week (or less, where its date was set so). Told once for each date. */
export class EnrolmentExpiring implements Fact {
  static readonly topic = 'enrolment-expiring';
  readonly topic = EnrolmentExpiring.topic;

  constructor(readonly payload: EnrolmentExpiringPayload) {}
}
