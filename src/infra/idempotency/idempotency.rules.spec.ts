import { fingerprintOf, isFinal, isIdempotencyKey, type KeyedCall, scopeOf } from './idempotency.rules';

it.each([
  ['8e03978e-40d5-43dd-bc93-6894a57f9324', true],
  ['"quoted"', true],
  ['a b', true],
  ['x', true],
  ['x'.repeat(255), true],
  ['x'.repeat(256), false],
  ['', false],
  ['é', false],
  ['a\tb', false],
  ['a\n', false],
  ['\x7f', false],
])('%j is a key: %j', (key, expected) => expect(isIdempotencyKey(key)).toBe(expected));

describe('a fingerprint', () => {
  const known = fingerprintOf('POST', '/things/?a=1', { name: 'x' });

  it('is the same with and without a slash at the end of the path', () => {
    expect(fingerprintOf('POST', '/things?a=1', { name: 'x' })).toBe(known);
  });

  it.each<[string, string, unknown]>([
    ['PUT', '/things/?a=1', { name: 'x' }],
    ['POST', '/other/?a=1', { name: 'x' }],
    ['POST', '/things/?a=2', { name: 'x' }],
    ['POST', '/things/', { name: 'x' }],
    ['POST', '/things/?a=1', { name: 'y' }],
    ['POST', '/things/?a=1', { name: 'x', more: null }],
    ['POST', '/things/?a=1', undefined],
  ])('is another for %s %s %j', (method, url, body) => expect(fingerprintOf(method, url, body)).not.toBe(known));
});

describe('a scope', () => {
  const call: KeyedCall = { accountId: 7, route: 'POST /things', key: 'k', fingerprint: 'one' };

  it('is the caller’s, the route’s and the key’s, whatever the request holds', () => {
    expect(scopeOf({ ...call, fingerprint: 'two' })).toBe(scopeOf(call));
    const others = [{ accountId: 8 }, { accountId: undefined }, { route: 'POST /others' }, { key: 'l' }];
    const scopes = others.map((other) => scopeOf({ ...call, ...other }));
    expect(new Set([scopeOf(call), ...scopes]).size).toBe(5);
  });

  it('of strangers is another for another request', () => {
    const stranger = { ...call, accountId: undefined };
    expect(scopeOf({ ...stranger })).toBe(scopeOf(stranger));
    expect(scopeOf({ ...stranger, fingerprint: 'two' })).not.toBe(scopeOf(stranger));
  });
});

it.each([
  [200, true],
  [201, true],
  [204, true],
  [400, false],
  [403, true],
  [404, true],
  [408, false],
  [409, true],
  [422, true],
  [425, false],
  [429, false],
  [499, true],
  [500, false],
  [503, false],
])('%i is an answer to be repeated: %j', (status, expected) => expect(isFinal(status)).toBe(expected));
