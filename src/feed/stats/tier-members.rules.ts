import { dayOf, type LocalDay } from '../../common/local-day';

/** How many more, or fewer, members a tier has since a quarter hour; null where nobody ever came. */
export interface TierMove {
  readonly tier: number;
  readonly name: string;
  readonly bucket: number | null;
  readonly difference: number;
}

export interface TierSeries {
  readonly tier: number;
  readonly name: string;
  /** At the end of each day; of the last day, now. */
  readonly members: readonly number[];
}

/** The tiers in the order in which they come. */
export function tierSeries(days: readonly LocalDay[], moves: readonly TierMove[]): TierSeries[] {
  const tiers = new Map<number, { name: string; differences: number[] }>();
  for (const { tier, name, bucket, difference } of moves) {
    const known = tiers.get(tier) ?? { name, differences: days.map(() => 0) };
    tiers.set(tier, known);
    const index = bucket === null ? -1 : dayOf(days, bucket);
    if (index >= 0) known.differences[index] = (known.differences[index] ?? 0) + difference;
  }
  return [...tiers].map(([tier, { name, differences }]) => ({ tier, name, members: runningSums(differences) }));
}

function runningSums(differences: readonly number[]): number[] {
  let sum = 0;
  return differences.map((difference) => (sum += difference));
}
