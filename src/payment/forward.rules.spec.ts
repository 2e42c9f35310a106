import { leadsTo, type Moves, unlessAlike } from './forward.rules';

type Light = 'off' | 'red' | 'green' | 'broken';
const MOVES: Moves<Light> = { off: ['red'], red: ['green'], green: ['red', 'broken'], broken: [] };

it.each<[Light, Light, boolean]>([
  ['off', 'red', true],
  ['off', 'broken', true],
  ['red', 'green', true],
  ['green', 'red', true],
  ['red', 'red', false],
  ['green', 'off', false],
  ['broken', 'red', false],
  ['broken', 'broken', false],
])('from %s one gets to %s: %s', (from, to, expected) => {
  expect(leadsTo(MOVES, from, to)).toBe(expected);
});

describe('what is alike', () => {
  const known = { name: 'a', at: new Date(5), end: null };

  it('is what was known', () => expect(unlessAlike(known, { name: 'a', at: new Date(5), end: null })).toBe(known));

  it.each([{ name: 'b' }, { at: new Date(6) }, { at: null }, { end: new Date(5) }])('is not one with %j', (other) => {
    const next = { ...known, ...other };
    expect(unlessAlike<object>(known, next)).toBe(next);
  });
});
