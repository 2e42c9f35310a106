import { decodeCursor, encodeCursor } from './post-cursor.rules';

const cursor = { direction: 'after', publishAt: new Date('2026-11-21T16:00:00.123Z'), id: 42 } as const;

it('comes back as it went', () => {
  const latest = { direction: 'before', publishAt: new Date('9999-12-31T23:59:59.999Z'), id: 2 ** 53 - 1 } as const;
  for (const one of [cursor, { ...cursor, direction: 'before' as const }, latest, { ...cursor, id: 0 }]) {
    expect(decodeCursor(encodeCursor(one))).toEqual(one);
  }
});

const base64 = (text: string): string => Buffer.from(text).toString('base64url');

it.each([
  undefined,
  7,
  ['x'],
  'x',
  base64(''),
  base64('c1.2'),
  base64('a1'),
  base64('a1.2.3'),
  base64('a-1.2'),
  base64('a01.2'),
  base64('a1.02'),
  base64('a253402300800000.1'),
  base64('a1.9007199254740993'),
  `${base64('a1.2')}=`,
  ` ${base64('a1.2')}`,
  'a'.repeat(10_000),
])('%.40j is none', (text) => expect(decodeCursor(text)).toBeUndefined());
