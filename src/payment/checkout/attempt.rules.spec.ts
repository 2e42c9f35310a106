import { ATTEMPT_MS, attemptAt, markAt } from './attempt.rules';

const at = (ms: number) => new Date(1_000_000 + ms);

it('nobody has asked before the mark', () => {
  expect(attemptAt({ createdAt: at(0), updatedAt: at(0) }, at(9_999_999))).toBe('first');
});

it('the mark shows, also in the millisecond of the row, and where the clock went back', () => {
  for (const now of [at(0), at(-5)]) {
    const row = { createdAt: at(0), updatedAt: markAt({ createdAt: at(0), updatedAt: at(0) }, now) };
    expect(attemptAt(row, now)).toBe('underway');
  }
  expect(markAt({ createdAt: at(0), updatedAt: at(0) }, at(7))).toEqual(at(7));
});

it('somebody else may try when the first must have ended', () => {
  const row = { createdAt: at(0), updatedAt: at(1) };
  expect(attemptAt(row, at(ATTEMPT_MS))).toBe('underway');
  expect(attemptAt(row, at(ATTEMPT_MS + 1))).toBe('again');
});
