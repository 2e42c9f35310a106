const DAY_MS = 86_400_000;
const READ_DAYS = 90;
const ANY_DAYS = 365;

/** What was told before then goes. */
export interface Cutoffs {
  /** What was read, or is in no bell; but for security notices, in which somebody may look for a thief. */
  readonly read: Date;
  /** Anything. */
  readonly any: Date;
}

export function cutoffsAt(now: Date): Cutoffs {
  return { read: daysBefore(now, READ_DAYS), any: daysBefore(now, ANY_DAYS) };
}

export interface RemovedRow {
  readonly accountId: number;
  /** Booleans are 0 or 1 on MySQL. */
  readonly shown: boolean | number;
  readonly unread: boolean | number;
}

/** By how much less some boxes have. */
export interface Loss {
  readonly accountIds: readonly number[];
  readonly unread: number;
  readonly total: number;
}

/** What each box has less; those that lose alike stand together, most of them one notification that was read. */
export function lossesOf(removed: readonly RemovedRow[]): Loss[] {
  const losses = new Map<string, { accountIds: number[]; unread: number; total: number }>();
  for (const accountId of new Set(removed.map((row) => row.accountId))) {
    const shown = removed.filter((row) => row.accountId === accountId && row.shown);
    if (shown.length === 0) continue;
    const counts = { unread: shown.filter(({ unread }) => unread).length, total: shown.length };
    const alike = losses.get(JSON.stringify(counts)) ?? { ...counts, accountIds: [] };
    alike.accountIds.push(accountId);
    losses.set(JSON.stringify(counts), alike);
  }
  return [...losses.values()];
}

function daysBefore(now: Date, days: number): Date {
  return new Date(now.getTime() - days * DAY_MS);
}
