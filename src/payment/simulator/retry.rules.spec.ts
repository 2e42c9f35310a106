import { givesUp, pauseAfter } from './retry.rules';

it('pauses grow from a minute to four hours', () => {
  expect([1, 2, 3, 8, 9, 40].map(pauseAfter)).toEqual([60, 120, 240, 7_680, 14_400, 14_400]);
});

it('a day of tries is enough', () => {
  expect(givesUp(13, 86_400)).toBe(false);
  expect(givesUp(13, 86_401)).toBe(true);
  expect(givesUp(1, 400 * 86_400)).toBe(false);
});
