/** What holds a membership may end by its date; null = open. */
export interface Holding {
  readonly id: number;
  readonly endsAt: Date | null;
}

export interface Access {
  /** The latest end of what holds; null = open. */
  readonly until: Date | null;
}

export type Move = 'started' | 'changed' | 'ended';

export function hasRunOut({ endsAt }: Holding, now: Date): boolean {
  return endsAt !== null && endsAt.getTime() <= now.getTime();
}

/** Undefined where nothing holds. */
export function accessOf(holdings: readonly Holding[]): Access | undefined {
  if (holdings.length === 0) return undefined;
  const ends = holdings.map(({ endsAt }) => endsAt?.getTime() ?? Infinity);
  const latest = Math.max(...ends);
  return { until: latest === Infinity ? null : new Date(latest) };
}

/** What has become of a membership; undefined where it is as before. */
export function moveBetween(before: Access | undefined, after: Access | undefined): Move | undefined {
  if (after === undefined) return before === undefined ? undefined : 'ended';
  if (before === undefined) return 'started';
  return before.until?.getTime() === after.until?.getTime() ? undefined : 'changed';
}
