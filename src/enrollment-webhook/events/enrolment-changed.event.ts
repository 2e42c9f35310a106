import type { Fact } from '../../infra/outbox/fact';

type State = {
  status: 'active' | 'suspended' | 'ended';
  mode: string;
  /** ISO 8601 */
  expires_at: string | null;
  /** `<kind>:<reference>` of all that holds the enrolment. */
  sources: string[];
};

export type EnrolmentChangedPayload = {
  enrolment_id: number;
  account_id: number;
  course: { id: number; course_id: string; display_name: string };
  /** Null where the enrolment begins. */
  before: State | null;
  after: State;
  /** What changed it: `webhook`, `admin`, `membership`, `expiry`, `account-closed`. */
  source: string;
  /** ISO 8601 */
  at: string;
};

/** An account's access to a course, its date or its mode is another than before. */
export class EnrolmentChanged implements Fact {
  static readonly topic = 'enrolment-changed';
  readonly topic = EnrolmentChanged.topic;

  constructor(readonly payload: EnrolmentChangedPayload) {}
}
