import { passwordFaults } from './password.rules';
import { isTooSimilar, quickRatio } from './similarity.rules';

const SHORT = 'This password is too short. It must contain at least 8 characters.';
const COMMON = 'This password is too common.';
const NUMERIC = 'This password is entirely numeric.';
const similar = (attribute: string) => `The password is too similar to the ${attribute}.`;

describe('passwordFaults', () => {
  it.each(['correct horse battery staple', 'Tr0ub4dor&3', 'ünïcödé-pass', '🐎🔋📎🐎🔋📎🐎🔋'])(
    'accepts %p',
    (password) => {
      expect(passwordFaults(password, { username: 'ada', email: 'ada@example.org' })).toEqual([]);
    },
  );

  it.each([
    ['short1x', [SHORT]],
    ['🐎🔋📎🐎', [SHORT]],
    ['password', [COMMON]],
    ['PassWord', [COMMON]],
    ['iloveyou', [COMMON]],
    ['qwertyuiop', [COMMON]],
    ['83619274650193', [NUMERIC]],
    ['٣٤٥٦٧٨٩٠١', [NUMERIC]],
    ['12345678', [COMMON, NUMERIC]],
    ['12345', [SHORT, COMMON, NUMERIC]],
  ])('says of %p what Django says', (password, faults) => {
    expect(passwordFaults(password, {})).toEqual(faults);
  });

  it.each([
    [{ username: 'countess.lovelace' }, 'username'],
    [{ username: 'ada', firstName: 'Countess Lovelace' }, 'first name'],
    [{ username: 'ada', lastName: 'lovelace1' }, 'last name'],
    [{ username: 'ada', email: 'lovelacec@example.org' }, 'email address'],
  ])('names the attribute of %p it resembles', (owner, attribute) => {
    expect(passwordFaults('lovelace1', { email: null, ...owner })).toEqual([similar(attribute)]);
  });

  it('names only the first attribute, before the other faults', () => {
    expect(passwordFaults('lovelac', { username: 'lovelac', email: 'lovelac@example.org' })).toEqual([
      similar('username'),
      SHORT,
    ]);
  });
});

describe('isTooSimilar', () => {
  it('ignores case, and letters of every script are words', () => {
    expect(isTooSimilar('ЛЮДМИЛА-77', 'людмила77')).toBe(true);
    expect(isTooSimilar('anything at all', '')).toBe(false);
  });

  it('skips a value far shorter than the password', () => {
    expect(isTooSimilar('aaaaaaaaaaaaaaaaaaaa', 'aa')).toBe(false);
  });
});

// The ratios are those of Python's difflib.
describe('quickRatio', () => {
  it.each([
    ['password', 'drowssap', 1],
    ['johnsmith1', 'johnsmith', 18 / 19],
    ['abcd', 'bcde', 0.75],
    ['', '', 1],
    ['aab', 'abb', 2 / 3],
    ['zoe@example.org', 'zoe', 1 / 3],
    ['seasons2019', 'season', 12 / 17],
  ])('of %p and %p is %p', (a, b, ratio) => {
    expect(quickRatio([...a], [...b])).toBeCloseTo(ratio, 12);
  });
});
