import type { EnrolmentSnapshot } from './enrolment.state';

/** What an administrator did to an enrolment. */
export interface AdminStep {
  readonly before: EnrolmentSnapshot | null;
  readonly after: EnrolmentSnapshot;
  readonly changedAt: Date;
}

/** An administrator has said that access ends. */
export interface EndDecision {
  /** When it was said. */
  readonly at: Date;
  /** By which date; null = at once. */
  readonly by: Date | null;
}

/** The one that stands after these steps, oldest first; undefined where there is none, or it was taken back. */
export function endDecision(steps: readonly AdminStep[]): EndDecision | undefined {
  let standing: EndDecision | undefined;
  for (const { before, after, changedAt } of steps) {
    const decides = before?.status !== after.status || before.expires_at !== after.expires_at;
    if (decides) standing = decisionOf(after, changedAt);
  }
  return standing;
}

/** Whether it keeps out what has gone on since then. What begins later was not meant. */
export function keepsOut({ at, by }: EndDecision, since: Date, now: Date): boolean {
  return (by === null || by.getTime() <= now.getTime()) && since.getTime() <= at.getTime();
}

function decisionOf({ status, expires_at: date }: EnrolmentSnapshot, at: Date): EndDecision | undefined {
  if (status === 'ended') return { at, by: null };
  return date === null ? undefined : { at, by: new Date(date) };
}
