import { WaitingCalls } from './waiting-calls';

let now: number;

beforeEach(() => {
  now = 1_000;
  jest.spyOn(performance, 'now').mockImplementation(() => now);
});

afterEach(() => jest.restoreAllMocks());

/** So many calls that wait until they are let go. */
function begin(calls: WaitingCalls, count: number): () => Promise<void> {
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  const all = Array.from({ length: count }, () => calls.during(() => held));
  return async () => {
    release();
    await Promise.all(all);
  };
}

it('are many when many wait for a while, and no more when they are gone for a while', async () => {
  const calls = new WaitingCalls();
  expect(calls.areMany).toBe(false);
  const end = begin(calls, 10);
  expect([calls.count, calls.areMany]).toEqual([10, false]);
  now += 200;
  expect(calls.areMany).toBe(true);
  await end();
  expect([calls.count, calls.areMany]).toEqual([0, true]);
  now += 200;
  expect(calls.areMany).toBe(false);
});

it('are many though they end in bursts', async () => {
  const calls = new WaitingCalls();
  for (let burst = 0; burst < 100; burst += 1) {
    const end = begin(calls, 16);
    now += 4;
    await end();
    now += 2;
  }
  expect([calls.count, calls.areMany]).toEqual([0, true]);
});

it('are few, however many there are in a day', async () => {
  const calls = new WaitingCalls();
  for (let call = 0; call < 100; call += 1) {
    const end = begin(calls, 6);
    now += 2;
    await end();
    now += 8;
  }
  expect(calls.areMany).toBe(false);
});

it('forgets a call that failed', async () => {
  const calls = new WaitingCalls();
  await expect(calls.during(() => Promise.reject(new Error('lost')))).rejects.toThrow('lost');
  expect(calls.count).toBe(0);
});
