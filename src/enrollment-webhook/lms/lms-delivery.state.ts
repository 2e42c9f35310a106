import { type EnrolmentStatus, statusAt } from '../enrolment/enrolment.state';

/** `unknown_course`: the LMS has no such course, which is nothing to worry about where several share the courses. */
export const DELIVERY_STATUSES = ['pending', 'delivered', 'not_withdrawn', 'unknown_course', 'dead'] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

/** What an LMS ought to know. */
export type Wanted = 'active' | 'ended';
/** What it knows. `unsure`: a call may have reached it; `kept`: it was told of the end, and keeps the enrolment open. */
export const TOLD = ['unsure', 'active', 'ended', 'kept'] as const;
export type Told = (typeof TOLD)[number];

export type Step = 'enrol' | 'withdraw';

/** What came of a step. */
export type Outcome =
  | { readonly kind: 'told'; readonly told: 'active' | 'ended' | 'kept'; readonly error?: string }
  /** It would answer the same tomorrow. */
  | { readonly kind: 'refused'; readonly status: 'unknown_course' | 'dead'; readonly error: string }
  /** `mayHaveWorked`: nobody knows. `isSlow`: somebody has to mend something first. */
  | { readonly kind: 'failed'; readonly error: string; readonly mayHaveWorked: boolean; readonly isSlow: boolean };

export interface Attempted {
  /** Before the step. */
  readonly told: Told | null;
  /** This one among them. */
  readonly attempts: number;
  readonly pendingSince: Date;
}

export interface Settlement {
  readonly status: DeliveryStatus;
  readonly told: Told | null;
  readonly error: string | null;
  /** Milliseconds until the next attempt, of one that is pending. */
  readonly delay: number;
}

const GIVEN_UP_AFTER_MS = 24 * 3_600_000;
const FIRST_DELAY_MS = 10_000;
const LONGEST_DELAY_MS = 2 * 3_600_000;
const SLOW_DELAY_MS = 15 * 60_000;
const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 300_000;

/** A suspended enrolment is closed at the LMS, as is one whose account is gone. */
export function wantedOf(
  { status, expiresAt, email }: { status: EnrolmentStatus; expiresAt: Date | null; email: string | null },
  now: Date,
): Wanted {
  return email !== null && statusAt(status, expiresAt, now) === 'active' ? 'active' : 'ended';
}

/** What has to be done, if anything: an LMS that never heard of somebody need not hear that it is over. */
export function stepFor(wanted: Wanted, told: Told | null, isForced: boolean): Step | undefined {
  if (wanted === 'active') return told === 'active' && !isForced ? undefined : 'enrol';
  if (told === null) return undefined;
  return (told === 'ended' || told === 'kept') && !isForced ? undefined : 'withdraw';
}

/** Where nothing has to be done. */
export function restingStatus(told: Told | null): DeliveryStatus {
  return told === 'kept' ? 'not_withdrawn' : 'delivered';
}

/** @param chance in [0, 1) */
export function settlementOf(outcome: Outcome, before: Attempted, now: Date, chance: number): Settlement {
  switch (outcome.kind) {
    case 'told':
      return { status: restingStatus(outcome.told), told: outcome.told, error: outcome.error ?? null, delay: 0 };
    case 'refused':
      return { status: outcome.status, told: before.told, error: outcome.error, delay: 0 };
    case 'failed':
      return {
        status: now.getTime() - before.pendingSince.getTime() >= GIVEN_UP_AFTER_MS ? 'dead' : 'pending',
        told: outcome.mayHaveWorked ? 'unsure' : before.told,
        error: outcome.error,
        delay: retryDelay(before.attempts, outcome.isSlow, chance),
      };
  }
}

/** Milliseconds after `attempt` (1 = the first), doubling up to two hours, spread by a quarter either way. */
export function retryDelay(attempt: number, isSlow: boolean, chance: number): number {
  const doubled = Math.min(FIRST_DELAY_MS * 2 ** (attempt - 1), LONGEST_DELAY_MS);
  return Math.round(Math.max(doubled, isSlow ? SLOW_DELAY_MS : 0) * (0.75 + chance / 2));
}

/** Milliseconds for which an LMS is left alone, after so many `failures` in a row. */
export function pauseAfter(failures: number): number {
  return Math.min(FIRST_PAUSE_MS * 2 ** Math.min(failures, 10), LONGEST_PAUSE_MS);
}
