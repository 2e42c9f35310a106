import { clientAddress } from './client';
import { IdParam } from './id-param';
import { requestId } from './request-id';

describe('IdParam', () => {
  const pipe = new IdParam();

  it.each([
    ['1', 1],
    ['9007199254740991', Number.MAX_SAFE_INTEGER],
  ])('reads %s', (text, id) => {
    expect(pipe.transform(text)).toBe(id);
  });

  it.each([
    '0',
    '-1',
    '01',
    '1.0',
    '1e3',
    '',
    ' 1',
    'x',
    '9007199254740992',
    '99999999999999999999',
    '١',
    '1\0',
    'null',
  ])('answers 404 to %j', (text) => {
    expect(() => pipe.transform(text)).toThrow(expect.objectContaining({ status: 404, message: 'Not found.' }));
  });
});

describe('requestId', () => {
  it('keeps a harmless id of the caller', () => {
    expect(requestId({ headers: { 'x-request-id': 'Abc-123' } })).toBe('Abc-123');
  });

  it.each(['', 'a b', 'a\nb', '"', 'x'.repeat(65), 'ü', ['a', 'b']])('makes its own in place of %j', (given) => {
    const headers = { 'x-request-id': given } as Record<string, string>;
    expect(requestId({ headers })).toMatch(/^[0-9a-f]{16}-[0-9a-z]+$/);
  });

  it('never makes the same twice', () => {
    const ids = Array.from({ length: 1000 }, () => requestId({ headers: {} }));
    expect(new Set(ids).size).toBe(1000);
  });
});

describe('clientAddress', () => {
  it.each([
    ['127.0.0.1', '127.0.0.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['2001:db8::1', '2001:db8::1'],
    ['::ffff:c000:201', '::ffff:c000:201'],
  ])('writes %s as %s', (ip, expected) => {
    expect(clientAddress({ ip })).toBe(expected);
  });
});
