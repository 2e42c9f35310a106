import fc from 'fast-check';

const HOUR = 3600;
const DAY = 24 * HOUR;

/** When something may happen, in seconds from the beginning: around a renewal, and the days after one that failed. */
export const MOMENTS: readonly number[] = [
  0,
  HOUR,
  ...[1, 2, 4, 6, 12, 20, 29, 30, 31, 32, 33, 34, 35, 37, 40].map((day) => day * DAY),
];
/** What is told no sooner than with the last moments is told in the end. */
const LATEST = 8;

export const GOODS = ['monthly', 'once', 'tip'] as const;
export type Goods = (typeof GOODS)[number];

/** What somebody does, and the gateway's dashboard, the payer's bank. `which`: of the payments that were captured. */
export type Deed =
  | {
      readonly kind: 'pay';
      readonly outcome: 'paid' | 'failed' | 'late' | 'authorized';
      readonly method: 'card' | 'upi';
    }
  | { readonly kind: 'card'; readonly card: 'ok' | 'failing' }
  /** `informed`: everything there is has been told before. */
  | { readonly kind: 'end'; readonly when: 'now' | 'cycle_end'; readonly informed: boolean }
  | { readonly kind: 'pause' | 'resume' | 'create' }
  | {
      readonly kind: 'refund';
      readonly by: 'us' | 'dashboard';
      readonly quarters: number;
      readonly mode: 'instant' | 'slow' | 'failing';
      readonly which: number;
    }
  | {
      readonly kind: 'dispute';
      readonly status: 'open' | 'under_review' | 'won' | 'lost' | 'closed';
      readonly deduct: boolean;
      readonly quarters: number;
      readonly which: number;
    };

/** So many times each life is told otherwise than in order. */
export const TELLINGS = 3;

/** How one piece of news comes: so many moments late, each time. Not at all: it is lost. */
export interface Fate {
  readonly copies: readonly number[];
  /** What has the same one comes at once, what has a smaller one before. */
  readonly turn: number;
}

export interface Life {
  readonly goods: Goods;
  readonly deeds: readonly { readonly moment: number; readonly deed: Deed }[];
  /** In which ways it is told; of callbacks and events, in the order in which they came about. Beyond: once, at once. */
  readonly tellings: readonly (readonly Fate[])[];
}

export const IN_ORDER: Fate = { copies: [0], turn: 0 };

const which = fc.nat(2);
const quarters = fc.integer({ min: 1, max: 4 });
const method = fc.constantFrom('card' as const, 'upi' as const);

const pay = fc.record({
  kind: fc.constant('pay' as const),
  outcome: fc.oneof(
    { weight: 5, arbitrary: fc.constant('paid' as const) },
    { weight: 4, arbitrary: fc.constantFrom('late' as const, 'failed' as const, 'authorized' as const) },
  ),
  method,
});
const card = fc.record({
  kind: fc.constant('card' as const),
  card: fc.constantFrom('failing' as const, 'ok' as const),
});
const end = fc.record({
  kind: fc.constant('end' as const),
  when: fc.constantFrom('now' as const, 'cycle_end' as const),
  informed: fc.boolean(),
});
const call = fc.record({ kind: fc.constantFrom('pause' as const, 'resume' as const, 'create' as const) });
const refund = fc.record({
  kind: fc.constant('refund' as const),
  by: fc.constantFrom('dashboard' as const, 'us' as const),
  quarters,
  mode: fc.oneof(
    { weight: 3, arbitrary: fc.constant('instant' as const) },
    { weight: 1, arbitrary: fc.constantFrom('slow' as const, 'failing' as const) },
  ),
  which,
});
const dispute = fc.record({
  kind: fc.constant('dispute' as const),
  status: fc.constantFrom('open' as const, 'under_review' as const, 'won' as const, 'lost' as const, 'closed' as const),
  deduct: fc.boolean(),
  quarters,
  which,
});

const DEEDS: Readonly<Record<Goods, fc.Arbitrary<Deed>>> = {
  monthly: fc.oneof({ weight: 3, arbitrary: pay }, { weight: 2, arbitrary: card }, end, call, call, refund, dispute),
  once: fc.oneof({ weight: 2, arbitrary: pay }, end, call, refund, dispute),
  tip: fc.oneof({ weight: 2, arbitrary: pay }, { weight: 2, arbitrary: refund }, dispute),
};

const late = fc.integer({ min: 1, max: LATEST });
const fate: fc.Arbitrary<Fate> = fc.record({
  copies: fc.oneof(
    { weight: 3, arbitrary: fc.constant([0]) },
    { weight: 2, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.constant([0, 0]) },
    { weight: 3, arbitrary: fc.tuple(late) },
    { weight: 2, arbitrary: fc.tuple(fc.nat(LATEST), late) },
  ),
  turn: fc.nat(3),
});

function lifeOf(goods: Goods): fc.Arbitrary<Life> {
  const moment = fc.integer({ min: 2, max: MOMENTS.length - 1 });
  const first = fc.option(pay, { freq: 8 });
  const later = fc.uniqueArray(fc.record({ moment, deed: DEEDS[goods] }), {
    selector: (done) => done.moment,
    maxLength: 7,
    size: 'max',
  });
  const fates = fc.array(fate, { maxLength: 30, size: 'max' });
  return fc.record({ first, later, tellings: fc.tuple(fates, fates, fates) }).map((life) => ({
    goods,
    deeds: [
      { moment: 0, deed: { kind: 'create' as const } },
      ...(life.first === null ? [] : [{ moment: 1, deed: life.first }]),
      ...life.later.sort((a, b) => a.moment - b.moment),
    ],
    tellings: life.tellings,
  }));
}

/** A purchase from its checkout on, and how its news comes. */
export const lives: fc.Arbitrary<Life> = fc.oneof(
  { weight: 4, arbitrary: lifeOf('monthly') },
  { weight: 2, arbitrary: lifeOf('once') },
  { weight: 2, arbitrary: lifeOf('tip') },
);

/** Whether what it is for has to be known before: nobody can pause what is not known to be paid. */
export function needsNews(deed: Deed): boolean {
  switch (deed.kind) {
    case 'pause':
    case 'resume':
    case 'create':
      return true;
    case 'end':
      return deed.informed || deed.when === 'cycle_end';
    case 'refund':
      return deed.by === 'us';
    case 'pay':
    case 'card':
    case 'dispute':
      return false;
  }
}
