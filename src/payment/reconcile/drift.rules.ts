import { DRIFT_CLASS_NAMES, type DriftClass } from './drift-classes';

/** `cured` of the `count` things that differed are as the gateway has them now. */
export interface Drift {
  readonly class: DriftClass;
  readonly count: number;
  readonly cured: number;
}

export type Tally = Readonly<Partial<Record<DriftClass, Omit<Drift, 'class'>>>>;

export function counted(tally: Tally, name: DriftClass, isCured: boolean): Tally {
  return sumOf(tally, { [name]: { count: 1, cured: isCured ? 1 : 0 } });
}

export function sumOf(one: Tally, other: Tally): Tally {
  const names = DRIFT_CLASS_NAMES.filter((name) => name in one || name in other);
  return Object.fromEntries(
    names.map((name) => [
      name,
      {
        count: (one[name]?.count ?? 0) + (other[name]?.count ?? 0),
        cured: (one[name]?.cured ?? 0) + (other[name]?.cured ?? 0),
      },
    ]),
  );
}

/** In the order of the published table, without what did not occur. */
export function driftOf(tally: Tally): Drift[] {
  return DRIFT_CLASS_NAMES.flatMap((name) => {
    const sum = tally[name];
    return sum === undefined || sum.count === 0 ? [] : [{ class: name, ...sum }];
  });
}

export function tallyOf(drift: readonly Drift[]): Tally {
  return Object.fromEntries(drift.map(({ class: name, count, cured }) => [name, { count, cured }]));
}

/** What is left for a person. */
export function uncured(drift: readonly Drift[]): Drift[] {
  return drift.filter(({ count, cured }) => cured < count);
}
