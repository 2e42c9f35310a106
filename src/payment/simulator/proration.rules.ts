export interface Proration {
  /** Minor units, of the old plan and of the new one. */
  readonly from: number;
  readonly to: number;
  /** Of the running cycle, and the moment of the change: unix seconds. */
  readonly start: number;
  readonly end: number;
  readonly now: number;
}

/** What the rest of the cycle costs more by the new plan than by the old one; below 0 where it costs less. */
export function differenceOf({ from, to, start, end, now }: Proration): number {
  const left = Math.min(Math.max(end - now, 0) / Math.max(end - start, 1), 1);
  return Math.round((to - from) * left);
}
