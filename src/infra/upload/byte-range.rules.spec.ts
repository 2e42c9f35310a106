import { rangeOf } from './byte-range.rules';

describe('a range of 10 bytes', () => {
  it.each([
    ['bytes=0-3', { start: 0, end: 3 }],
    ['bytes=3-3', { start: 3, end: 3 }],
    ['bytes=4-', { start: 4, end: 9 }],
    ['bytes=9-', { start: 9, end: 9 }],
    ['bytes=4-400', { start: 4, end: 9 }],
    ['bytes=-3', { start: 7, end: 9 }],
    ['bytes=-400', { start: 0, end: 9 }],
    ['Bytes= 0-1', { start: 0, end: 1 }],
    [`bytes=0-${'9'.repeat(400)}`, { start: 0, end: 9 }],
  ])('%s', (header, range) => expect(rangeOf(header, 10)).toEqual(range));

  it.each(['bytes=10-', 'bytes=10-12', 'bytes=-0', `bytes=${'9'.repeat(400)}-`])('%s is none of it', (header) =>
    expect(rangeOf(header, 10)).toBe('unsatisfiable'),
  );

  it.each([undefined, '', 'bytes=', 'bytes=-', 'bytes=3-2', 'bytes=0-1,3-4', 'lines=0-1', 'bytes=a-b', 'bytes=1.5-2'])(
    '%s asks for all of it',
    (header) => expect(rangeOf(header, 10)).toBeUndefined(),
  );
});
