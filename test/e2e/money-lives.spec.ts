import fc from 'fast-check';
import { expectTrueBooks } from './money-books.kit';
import { type Life, lives, TELLINGS } from './money-life.kit';
import { Lives, type Told } from './money-run.kit';
import { startMoneyWorld, type World } from './money-world.kit';

const LIVES = 67;
const LONGEST_MS = 480_000;
const SHRINKING_MS = 90_000;

let world: World;
let all: Lives;

beforeAll(async () => {
  world = await startMoneyWorld();
  all = await Lives.in(world);
});

it(
  `${LIVES * TELLINGS} lives end as if all had been told in order, once`,
  async () => {
    // Of a failure: put it here, and it fails again.
    const seed = Date.now() % 2 ** 31;
    const told = await all.live(fc.sample(lives, { seed, numRuns: LIVES }), seed);
    const failed = told.findIndex((one) => !isSame(one));
    if (failed >= 0) await simplest(seed, failed, told[failed]);
    await expectTrueBooks(world.app, world.simulator.control.truth());
  },
  LONGEST_MS + SHRINKING_MS,
);

function isSame({ calm, wild }: Told): boolean {
  return wild.every((outcome) => JSON.stringify(outcome) === JSON.stringify(calm));
}

function expectSame({ calm, wild }: Told): void {
  for (const outcome of wild) expect(outcome).toEqual(calm);
}

/** Fails with the simplest life that ends otherwise as this one does, and how. */
async function simplest(seed: number, run: number, told: Told | undefined): Promise<void> {
  await fc.assert(
    fc.asyncProperty(lives, async (life: Life) => {
      for (const one of await all.live([life], seed)) expectSame(one);
    }),
    { seed, path: String(run), numRuns: 1, interruptAfterTimeLimit: SHRINKING_MS },
  );
  if (told !== undefined) expectSame(told);
  throw new Error(`Life ${run} of seed ${seed} failed among others, and not alone`);
}
