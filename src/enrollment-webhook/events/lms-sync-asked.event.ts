import type { Fact } from '../../infra/outbox/fact';

export type LmsSyncAskedPayload = { lms_id: number };

/** An administrator wants an LMS to be told of every active enrolment. */
export class LmsSyncAsked implements Fact {
  static readonly topic = 'lms-sync-asked';
  readonly topic = LmsSyncAsked.topic;

  constructor(readonly payload: LmsSyncAskedPayload) {}
}
