import { ShortCache } from './short-cache';

function cacheOf(values: Record<string, string>) {
  const state = { now: 0, loads: 0, values };
  const cache = new ShortCache<string, string>(
    1000,
    () => state.now,
    async (key) => {
      state.loads += 1;
      return state.values[key];
    },
  );
  return { state, cache };
}

it('asks once while the answer is fresh', async () => {
  const { state, cache } = cacheOf({ a: 'x' });
  expect(await Promise.all([cache.get('a'), cache.get('a')])).toEqual(['x', 'x']);
  state.now = 999;
  state.values = { a: 'y' };
  expect(await cache.get('a')).toBe('x');
  expect(state.loads).toBe(1);
  state.now = 1000;
  expect(await cache.get('a')).toBe('y');
});

it('asks again when the clock was set back', async () => {
  const { state, cache } = cacheOf({ a: 'x' });
  state.now = 5000;
  await cache.get('a');
  state.now = 4000;
  await cache.get('a');
  expect(state.loads).toBe(2);
});

it('does not remember what is not there, nor what failed', async () => {
  const { state, cache } = cacheOf({});
  expect(await cache.get('a')).toBeUndefined();
  state.values = { a: 'x' };
  expect(await cache.get('a')).toBe('x');

  let fails = true;
  const failing = new ShortCache<string, string>(
    1000,
    () => 0,
    async () => {
      if (fails) throw new Error('down');
      return 'up';
    },
  );
  await expect(failing.get('a')).rejects.toThrow('down');
  fails = false;
  expect(await failing.get('a')).toBe('up');
});

it('forgets a load that is still under way', async () => {
  let answer: (value: string) => void = () => undefined;
  const answers = [new Promise<string>((resolve) => (answer = resolve)), Promise.resolve('new')];
  const cache = new ShortCache<string, string>(
    1000,
    () => 0,
    () => answers.shift()!,
  );
  const old = cache.get('a');
  cache.forget('a');
  answer('old');
  expect(await old).toBe('old');
  expect(await cache.get('a')).toBe('new');
});
