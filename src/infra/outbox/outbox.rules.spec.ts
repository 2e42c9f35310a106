import { isDead, MAX_ATTEMPTS, retryDelay } from './outbox.rules';

describe('the delay before another attempt', () => {
  it('doubles from one second to an hour', () => {
    expect([1, 2, 3, 12, 13, 17].map((attempt) => retryDelay(attempt, 1))).toEqual([
      1_000, 2_000, 4_000, 2_048_000, 3_600_000, 3_600_000,
    ]);
  });

  it('is spread over its second half', () => {
    expect(retryDelay(3, 0)).toBe(2_000);
    expect(retryDelay(3, 0.5)).toBe(3_000);
  });
});

it('gives up at the last attempt and not before', () => {
  expect(isDead(MAX_ATTEMPTS - 1)).toBe(false);
  expect(isDead(MAX_ATTEMPTS)).toBe(true);
});
