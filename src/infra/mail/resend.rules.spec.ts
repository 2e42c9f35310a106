import { maySendAgain } from './resend.rules';

const NOW = new Date('2025-03-01T12:00:00.000Z');
const MINUTE = 60_000;
const ago = (milliseconds: number) => new Date(NOW.getTime() - milliseconds);

describe('maySendAgain', () => {
  it.each([
    ['the first', [], true],
    ['a moment later', [ago(0)], false],
    ['just before three minutes', [ago(3 * MINUTE - 1)], false],
    ['after three minutes', [ago(3 * MINUTE)], true],
    ['though an older one is long ago', [ago(1_000), ago(60 * MINUTE)], false],
    ['the tenth of a day', Array.from({ length: 9 }, (_, i) => ago((i + 1) * 60 * MINUTE)), true],
    ['the eleventh of a day', Array.from({ length: 10 }, (_, i) => ago((i + 1) * 60 * MINUTE)), false],
    ['when one of ten is a day old', Array.from({ length: 10 }, (_, i) => ago((i + 15) * 60 * MINUTE)), true],
  ])('%s', (_, earlier, expected) => {
    expect(maySendAgain(earlier, NOW)).toBe(expected);
  });
});
