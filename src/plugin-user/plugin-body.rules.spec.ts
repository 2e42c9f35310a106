import fc from 'fast-check';
import { DomainError } from '../common/domain-error';
import { parseBody, tokenOf } from './plugin-body.rules';

const bytes = (text: string): Buffer => Buffer.from(text, 'utf8');

describe('a body', () => {
  it('is a JSON object, with or without a byte order mark', () => {
    expect(parseBody(bytes(' {"a":1,"a":2} '))).toEqual({ a: 2 });
    expect(parseBody(bytes('\uFEFF{"a":"é"}'))).toEqual({ a: 'é' });
  });

  it.each(['', ' ', '{', '[]', '"x"', '5', 'null', 'true', '{"a":NaN}', "{'a':1}", '{"a":1}x'])(
    '%j is none',
    (text) => {
      expect(() => parseBody(bytes(text))).toThrow('Invalid JSON');
    },
  );

  it.each([undefined, null, '{}', {}])('%j is none either', (body) => {
    expect(() => parseBody(body)).toThrow('Invalid JSON');
  });

  it('refuses bytes that are no UTF-8 instead of replacing them', () => {
    expect(() => parseBody(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]))).toThrow('Invalid JSON');
  });

  it.each([
    ['{"a":12345678901234567890}', { a: Infinity }],
    ['{"a":[-9007199254740992]}', { a: [Infinity] }],
    ['{"a":9007199254740991,"b":-9007199254740991}', { a: 9007199254740991, b: -9007199254740991 }],
    ['{"a":1e300,"b":0.12345678901234567890,"c":1E20}', { a: 1e300, b: Number('0.12345678901234567890'), c: 1e20 }],
    ['{"12345678901234567890":"\\"12345678901234567890\\\\"}', { '12345678901234567890': '"12345678901234567890\\' }],
  ])('%s has no integer that only looks as it was written', (text, value) => {
    expect(parseBody(bytes(text))).toEqual(value);
  });

  it.each([
    '{"a":012345678901234567890}',
    '{"a":12345678901234567890.}',
    '{"a":+12345678901234567890}',
    '{"a":"12345678901234567890}',
  ])('%s stays none for all its digits', (text) => {
    expect(() => parseBody(bytes(text))).toThrow('Invalid JSON');
  });

  it('is an object or a refusal, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array(), fc.json().map(bytes)), (given) => {
        try {
          return typeof parseBody(given) === 'object';
        } catch (error) {
          return error instanceof DomainError;
        }
      }),
    );
  });
});

describe('the token in it', () => {
  it('is a text', () => {
    expect(tokenOf({ sefaria_id: 'gAAA' })).toBe('gAAA');
  });

  it.each([
    '{}',
    '{"sefaria_id":""}',
    '{"sefaria_id":null}',
    '{"sefaria_id":0}',
    '{"sefaria_id":[]}',
    '{"Sefaria_id":"x"}',
  ])('is missing in %s', (text) => {
    expect(() => tokenOf(parseBody(bytes(text)))).toThrow('sefaria_id is required');
  });

  it.each(['{"sefaria_id":5}', '{"sefaria_id":true}', '{"sefaria_id":["x"]}', '{"sefaria_id":{"a":1}}'])(
    'is invalid in %s',
    (text) => {
      expect(() => tokenOf(parseBody(bytes(text)))).toThrow('Invalid sefaria_id');
    },
  );
});
