import { Coalescer } from './coalescer';

/** Work that ends when it is told to, and what it was given. */
function held(): { batches: number[][]; end: () => void; coalescer: Coalescer<number, string> } {
  const batches: number[][] = [];
  const ends: (() => void)[] = [];
  const coalescer = new Coalescer<number, string>(
    async (items) => {
      batches.push([...items]);
      await new Promise<void>((resolve) => ends.push(resolve));
      return items.map((item) => `done ${item}`);
    },
    { batches: 1, items: 3 },
  );
  return { batches, end: () => ends.shift()?.(), coalescer };
}

const rest = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it('begins at once, and puts together what comes meanwhile', async () => {
  const { batches, end, coalescer } = held();
  const all = [1, 2, 3, 4, 5].map((item) => coalescer.add(item));
  expect(batches).toEqual([[1]]);
  end();
  await rest();
  expect(batches).toEqual([[1], [2, 3, 4]]);
  end();
  await rest();
  expect(batches).toEqual([[1], [2, 3, 4], [5]]);
  end();
  expect(await Promise.all(all)).toEqual(['done 1', 'done 2', 'done 3', 'done 4', 'done 5']);
});

it('has as many batches under way as it may', async () => {
  let most = 0;
  let underWay = 0;
  const coalescer = new Coalescer<number, number>(
    async (items) => {
      most = Math.max(most, ++underWay);
      await rest();
      underWay -= 1;
      return items;
    },
    { batches: 2, items: 4 },
  );
  const items = Array.from({ length: 30 }, (_, index) => index);
  expect(await Promise.all(items.map((item) => coalescer.add(item)))).toEqual(items);
  expect(most).toBe(2);
});

it('tries each by itself where a batch fails', async () => {
  const coalescer = new Coalescer<number, number>(
    async (items) => {
      await rest();
      if (items.includes(3)) throw new Error('no 3');
      return items;
    },
    { batches: 1, items: 10 },
  );
  const results = await Promise.allSettled([1, 2, 3, 4].map((item) => coalescer.add(item)));
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
  expect(await coalescer.add(5)).toBe(5);
});

it('gives nobody the result of another', async () => {
  const coalescer = new Coalescer<number, number>(async (items) => (items.length > 1 ? [7] : items), {
    batches: 1,
    items: 10,
  });
  expect(await Promise.all([1, 2, 3].map((item) => coalescer.add(item)))).toEqual([1, 2, 3]);
});
