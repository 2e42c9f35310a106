import { MANDATE_STATUSES, type MandateStatus } from '../events/mandate-changed.event';
import { type Moves, unlessAlike } from '../forward.rules';

/**
 * `pending`: a charge failed and is tried again daily. `halted`: given up until the card is changed or the old invoice
 * is paid. Pausing one that is only authenticated cancels it.
 */
export const MANDATE_MOVES: Moves<MandateStatus> = {
  created: ['authenticated', 'active', 'cancelled', 'expired'],
  authenticated: ['active', 'pending', 'cancelled', 'expired'],
  active: ['pending', 'halted', 'paused', 'cancelled', 'completed'],
  pending: ['active', 'halted', 'cancelled', 'completed'],
  halted: ['active', 'pending', 'cancelled', 'completed'],
  paused: ['active', 'cancelled', 'completed'],
  cancelled: [],
  completed: [],
  expired: [],
};

/**
 * What comes later in every life; among those of one line the newest truth counts, and where the same moment was told of
 * twice the later name.
 */
const PHASES: readonly (readonly MandateStatus[])[] = [
  ['created'],
  ['authenticated'],
  ['halted', 'pending', 'paused', 'active'],
  ['expired', 'cancelled', 'completed'],
];
const ORDER = PHASES.flat();

/** What the gateway said of a mandate at some moment. */
export interface MandateSnapshot {
  readonly status: MandateStatus;
  /** The gateway's id. */
  readonly planId: string | null;
  readonly totalCount: number;
  /** Charges that went through; never falls. */
  readonly paidCount: number;
  /** The cycle that is charged for, paid or not. */
  readonly currentStart: Date | null;
  readonly currentEnd: Date | null;
  readonly chargeAt: Date | null;
  readonly startAt: Date | null;
  readonly endedAt: Date | null;
  readonly hasScheduledChanges: boolean;
  /** The gateway's page to authorise it on. */
  readonly shortUrl: string | null;
}

/** What is known of it. */
export interface MandateRecord extends MandateSnapshot {
  /** When that was so; null before the first snapshot. */
  readonly snapshotAt: Date | null;
}

/** The gateway's word for a status; undefined for one it never told us of. `resumed` is an event's word for active. */
export function mandateStatusOf(word: string): MandateStatus | undefined {
  return word === 'resumed' ? 'active' : MANDATE_STATUSES.find((status) => status === word);
}

/** Nothing will ever be charged again. */
export function isOver(status: MandateStatus): boolean {
  return MANDATE_MOVES[status].length === 0;
}

/**
 * What is known after `snapshot`, in whatever order snapshots come; `known` itself where it says nothing new. `asOf` is
 * when the snapshot was true: the event's time, or when the gateway was asked, before its answer. What is over stays
 * so; otherwise the further one wins, by charges, cycle, then time. What was paid for is never taken back.
 */
export function mergeMandate<R extends MandateRecord>(known: R, snapshot: MandateSnapshot, asOf: Date): R {
  const told: R = { ...known, ...fieldsOf(snapshot), snapshotAt: asOf };
  const [winner, other] = outranks(told, known) ? [told, known] : [known, told];
  const cycle = time(other.currentEnd) > time(winner.currentEnd) ? other : winner;
  return unlessAlike(known, {
    ...winner,
    paidCount: Math.max(winner.paidCount, other.paidCount),
    currentStart: cycle.currentStart,
    currentEnd: cycle.currentEnd,
    shortUrl: winner.shortUrl ?? other.shortUrl,
  });
}

/**
 * As of when an answer is true that was asked for at `asked`, when `known` was the newest snapshot: it is newer, whatever
 * the clocks of the gateway and of ours say.
 */
export function asOfAnswer(asked: Date, known: Date | null): Date {
  return known === null || known < asked ? asked : new Date(known.getTime() + 1);
}

/** False where nothing but the time of the snapshot differs. */
export function mandateDiffers(before: MandateRecord, after: MandateRecord): boolean {
  return unlessAlike(before, { ...after, snapshotAt: before.snapshotAt }) !== before;
}

function outranks(told: MandateRecord, known: MandateRecord): boolean {
  if (isOver(known.status) && told.status !== known.status) return false;
  const [ours, theirs] = [rankOf(known), rankOf(told)];
  const first = ours.findIndex((part, i) => part !== theirs[i]);
  return first >= 0 && (theirs[first] ?? 0) > (ours[first] ?? 0);
}

function rankOf({ status, paidCount, currentEnd, snapshotAt }: MandateRecord): readonly number[] {
  const phase = PHASES.findIndex((statuses) => statuses.includes(status));
  return [phase, paidCount, time(currentEnd), time(snapshotAt), ORDER.indexOf(status)];
}

/** The gateway's entities have more fields than these. */
function fieldsOf(snapshot: MandateSnapshot): MandateSnapshot {
  const { status, planId, totalCount, paidCount, currentStart, currentEnd } = snapshot;
  const { chargeAt, startAt, endedAt, hasScheduledChanges, shortUrl } = snapshot;
  return {
    status,
    planId,
    totalCount,
    paidCount,
    currentStart,
    currentEnd,
    chargeAt,
    startAt,
    endedAt,
    hasScheduledChanges,
    shortUrl,
  };
}

function time(date: Date | null): number {
  return date?.getTime() ?? -Infinity;
}
