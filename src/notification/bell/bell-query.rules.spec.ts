import { beforeOf, isAsked, maxOf, NEWEST } from './bell-query.rules';
import { idOfSlug, slugOf } from './slug.rules';

it.each([
  ['1', 1],
  ['100', 100],
  [' 7 ', 7],
  ['+7', 7],
  ['0', 10],
  ['101', 10],
  ['-1', 10],
  ['1.5', 10],
  ['1e1', 10],
  ['ten', 10],
  ['', 10],
  ['99999999999999999999', 10],
  [undefined, 10],
  [['5', '6'], 10],
  [{ $gt: 1 }, 10],
])('max=%j is %s', (value, max) => {
  expect(maxOf(value)).toBe(max);
});

it('asks for marking by any text', () => {
  expect([isAsked('1'), isAsked('false'), isAsked(['', 'x'])]).toEqual([true, true, true]);
  expect([isAsked(''), isAsked(undefined), isAsked({})]).toEqual([false, false, false]);
});

it('disguises ids, and finds them again', () => {
  expect(slugOf(1)).toBe(110910);
  expect(idOfSlug('110910')).toBe(1);
  for (const text of [
    '110909',
    '0',
    '-110910',
    '1e6',
    '0110910',
    '110910.0',
    '٢',
    '9'.repeat(16),
    '9'.repeat(40),
    '',
  ]) {
    expect([text, idOfSlug(text)]).toEqual([text, undefined]);
  }
});

it('pages by a slug', () => {
  expect(beforeOf(undefined)).toBe(NEWEST);
  expect(beforeOf('110911')).toBe(2);
  expect([beforeOf('abc'), beforeOf(['110911', '110912']), beforeOf('1')]).toEqual([undefined, undefined, undefined]);
});
