import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import vectors from '../../../test/vectors/lernito-signatures.json';
import { describeWithPython, python } from '../../../test/setup/python';
import { PythonFloat } from '../../common/python-float';
import { parsePythonJson } from './python-json';
import { COMPACT, dumps, SPACED } from './python-json.dumps';
import type { PythonJson } from './python-json.value';

/** Thousands of documents go through Python on machines that may be busy. */
jest.setTimeout(120_000);

const parse = (text: string): PythonJson => parsePythonJson(Buffer.from(text, 'utf8'));
const compact = (text: string): string => dumps(parse(text), COMPACT);

/** What a client is told: the canonical texts, or the fault. */
function outcome(body: Uint8Array): [compact: string, spaced: string, unescaped: string] | [fault: string] {
  try {
    const document = parsePythonJson(body);
    const unescaped = dumps(document, { ...SPACED, ensureAscii: false });
    return [dumps(document, COMPACT), dumps(document, SPACED), unescaped];
  } catch (error) {
    return [(error as Error).message];
  }
}

describe('the vectors of the lernito signatures', () => {
  it.each(vectors)('$description', ({ secret, body, signature_compact, signature_spaced }) => {
    const document = parse(body);
    const sign = (text: string) => createHmac('sha256', secret).update(text).digest('hex');
    expect(sign(dumps(document, COMPACT))).toBe(signature_compact);
    expect(sign(dumps(document, SPACED))).toBe(signature_spaced);
  });
});

describe('parsePythonJson', () => {
  it('yields plain values, and keeps floats apart from integers', () => {
    expect(parse('[null, true, "x", 1, -0, 12345678901234567890123, {"a": []}]')).toEqual([
      null,
      true,
      'x',
      1,
      0,
      12345678901234567890123n,
      Object.assign(Object.create(null) as object, { a: [] }),
    ]);
    expect(parse('1.0')).toEqual(new PythonFloat(1));
    expect(new PythonFloat(1).toString()).toBe('1.0');
    expect(new PythonFloat(Infinity).toString()).toBe('inf');
    expect(new PythonFloat(-Infinity).toString()).toBe('-inf');
  });

  it('takes no body for an empty object, as Django REST framework does', () => {
    expect(compact('')).toBe('{}');
  });

  it('has no special keys', () => {
    const text = '{"__proto__":{"polluted":1},"constructor":2,"toString":3}';
    expect(compact(text)).toBe('{"__proto__":{"polluted":1},"constructor":2,"toString":3}');
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect((parse('{}') as Record<string, unknown>)['constructor']).toBeUndefined();
  });

  it.each([
    ['9007199254740991', '9007199254740991'],
    ['9007199254740993', '9007199254740993'],
    ['-9007199254740993', '-9007199254740993'],
    ['0.1', '0.1'],
    ['-0.0', '-0.0'],
    ['1E5', '100000.0'],
    ['1e15', '1000000000000000.0'],
    ['1e16', '1e+16'],
    ['123456789012345680.5', '1.2345678901234568e+17'],
    ['0.0001', '0.0001'],
    ['0.00001', '1e-05'],
    ['1.5e-7', '1.5e-07'],
    ['1e-400', '0.0'],
    ['5e-324', '5e-324'],
    ['1e999', 'Infinity'],
    ['-1e999', '-Infinity'],
    ['"\\ud83d\\ude00"', '"\\ud83d\\ude00"'],
    ['"\\uD800 \\uDC00"', '"\\ud800 \\udc00"'],
    ['"\\u0041\\/\u007f<é"', '"A/\\u007f<\\u00e9"'],
  ])('%s is %s', (text, expected) => {
    expect(compact(text)).toBe(expected);
  });

  it.each([
    [' ', 'Expecting value: line 1 column 2 (char 1)'],
    ['{"a":1,}', 'Expecting property name enclosed in double quotes: line 1 column 8 (char 7)'],
    ['{"a" 1}', "Expecting ':' delimiter: line 1 column 6 (char 5)"],
    ['[1 2]', "Expecting ',' delimiter: line 1 column 4 (char 3)"],
    ['[1,]', 'Expecting value: line 1 column 4 (char 3)'],
    ['{} x', 'Extra data: line 1 column 4 (char 3)'],
    ['["😀",\n\n "😀" x]', "Expecting ',' delimiter: line 3 column 6 (char 12)"],
    ['"abc', 'Unterminated string starting at: line 1 column 1 (char 0)'],
    ['"a\tb"', 'Invalid control character at: line 1 column 3 (char 2)'],
    ['"\\x"', 'Invalid \\escape: line 1 column 2 (char 1)'],
    ['"\\u12"', 'Invalid \\uXXXX escape: line 1 column 3 (char 2)'],
    ['\ufeff{}', 'Unexpected UTF-8 BOM (decode using utf-8-sig): line 1 column 1 (char 0)'],
    ['[NaN]', "Out of range float values are not JSON compliant: 'NaN'"],
    ['-Infinity', "Out of range float values are not JSON compliant: '-Infinity'"],
    ['\u00a01', 'Expecting value: line 1 column 1 (char 0)'],
  ])('refuses %j as Python does', (text, message) => {
    expect(outcome(Buffer.from(text))).toEqual([message]);
  });

  it("keeps integers of any size, up to Python's limit of digits", () => {
    expect(compact('1'.repeat(4300))).toBe('1'.repeat(4300));
    expect(outcome(Buffer.from(`[${'9'.repeat(4301)}]`))).toEqual([
      'Exceeds the limit (4300 digits) for integer string conversion: value has 4301 digits; ' +
        'use sys.set_int_max_str_digits() to increase the limit',
    ]);
  });

  it('refuses bytes that are not UTF-8', () => {
    expect(outcome(Buffer.from([0x22, 0xff, 0x22]))).toEqual([
      "'utf-8' codec can't decode byte 0xff in position 1: invalid start byte",
    ]);
    expect(outcome(Buffer.from([0x22, 0xe2, 0x82, 0x22]))).toEqual([
      "'utf-8' codec can't decode bytes in position 1-2: invalid continuation byte",
    ]);
  });

  it('bounds the depth', () => {
    const nested = (depth: number) => `${'[{"a":'.repeat(depth / 2)}1${'}]'.repeat(depth / 2)}`;
    expect(compact(nested(1000))).toBe(nested(1000));
    expect(compact(`[${'[],'.repeat(2000)}[]]`)).toHaveLength(6004);
    expect(outcome(Buffer.from(nested(1002)))).toEqual([
      'maximum recursion depth exceeded while decoding a JSON array from a unicode string',
    ]);
  });
});

describe('a hostile body of 1 MiB', () => {
  const size = 1024 * 1024;
  const fill = (unit: string, prefix = '', suffix = '') => {
    const count = Math.floor((size - prefix.length - suffix.length) / Buffer.byteLength(unit));
    return Buffer.from(prefix + unit.repeat(count) + suffix);
  };
  const keys = (key: (index: number) => string, count = 55_000) =>
    Buffer.from(`{${Array.from({ length: count }, (_, index) => `"${key(index)}":1`).join(',')}}`);

  it.each<[string, Buffer]>([
    ['opening brackets', fill('[')],
    ['opening objects', fill('{"":')],
    ['digits', fill('1')],
    ['digits of a fraction', fill('1', '0.')],
    ['digits of an exponent', fill('9', '1e')],
    ['big integers', fill(`${'9'.repeat(4300)},`, '[', '0]')],
    ['floats', fill('1e-308,', '[', '0]')],
    ['backslashes', fill('\\\\', '"', '"')],
    ['an unterminated string', fill('x', '"')],
    ['lone surrogates', fill('\\ud800', '"', '"')],
    ['blanks', fill(' ')],
    ['lines', fill('\n')],
    ['emoji before a fault', fill('😀', '"')],
    ['one key again and again', fill('"a":1,', '{', '"a":1}')],
    ['keys that collide as array indexes', keys((index) => String(4_294_901_760 - index * 65_536))],
    ['keys with one long prefix', keys((index) => 'k'.repeat(5000) + index, 200)],
    ['distinct keys', keys((index) => `key${index * 7919}`)],
    ['a valid document with a bad last byte', Buffer.concat([fill('1,', '[', '1]'), Buffer.from([0xff])])],
  ])('%s: linear work', (_name, body) => {
    // Quadratic work on a million bytes would not end within the test's minutes.
    expect(outcome(body)).toBeDefined();
  });
});

const REFERENCE = `
import json, sys
def constant(name): raise ValueError('Out of range float values are not JSON compliant: ' + repr(name))
def outcome(body):
    if not body: body = b'{}'
    try:
        value = json.loads(body.decode('utf-8'), parse_constant=constant)
    except ValueError as error:
        return [str(error)]
    return [json.dumps(value, sort_keys=True, separators=(',', ':')), json.dumps(value, sort_keys=True), json.dumps(value, sort_keys=True, ensure_ascii=False)]
print(json.dumps([outcome(bytes.fromhex(body)) for body in json.load(sys.stdin)]))`;

/** Texts of numbers, strings with every kind of escape, and blanks: what JSON.stringify would never write. */
const blank = fc.stringMatching(/^[ \t\n\r]{0,2}$/);
const number = fc.oneof(
  fc.stringMatching(/^-?(0|[1-9]\d{0,30})(\.\d{1,25})?([eE][+-]?\d{1,3})?$/),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc.integer().map(String),
);
const quoted = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }).map((text) => JSON.stringify(text.toWellFormed())),
  fc.stringMatching(/^"([ !#-[\]-~é\ue000\uffff]|\\["\\/bfnrt]|\\u[0-9a-fA-F]{4}|\\u[dD][89a-fA-F][0-9a-f]{2}){0,8}"$/),
);
const { document } = fc.letrec<{ document: string }>((tie) => ({
  document: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc.oneof(number, quoted, fc.constantFrom('null', 'true', 'false')),
    fc.array(padded(tie('document')), { maxLength: 5 }).map((items) => `[${items.join(',')}]`),
    fc
      .array(fc.tuple(padded(quoted), padded(tie('document'))), { maxLength: 6 })
      .map((members) => `{${members.map(([key, value]) => `${key}:${value}`).join(',')}}`),
  ),
}));

function padded(inner: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.tuple(blank, inner, blank).map((parts) => parts.join(''));
}

/** A document with a few bytes changed, lost or added. */
const broken = fc
  .tuple(
    document,
    fc.array(fc.tuple(fc.nat(), fc.nat(2), fc.constantFrom(...'[]{}",:\\u0eE+-.1 \n\tNIxé\ufeff')), { maxLength: 3 }),
  )
  .map(([text, edits]) =>
    edits.reduce((bytes, [place, lost, added]) => {
      const at = place % (bytes.length + 1);
      return Buffer.concat([bytes.subarray(0, at), Buffer.from(added), bytes.subarray(at + lost)]);
    }, Buffer.from(text)),
  );

describeWithPython()("Python's json", () => {
  function expectSame(bodies: readonly Uint8Array[]): void {
    const answers = JSON.parse(
      python(
        REFERENCE,
        bodies.map((body) => Buffer.from(body).toString('hex')),
      ),
    ) as string[][];
    bodies.forEach((body, index) => {
      expect({ body: Buffer.from(body).toString('latin1'), is: outcome(body) }).toEqual({
        body: Buffer.from(body).toString('latin1'),
        is: answers[index],
      });
    });
  }

  it('reads and prints thousands of documents as we do', () => {
    expectSame(fc.sample(document, 5000).map((text) => Buffer.from(text)));
  });

  it('finds the same faults in the same places', () => {
    expectSame(fc.sample(broken, 5000));
  });

  it('finds the same faults in bytes', () => {
    const bytes = fc.array(
      fc.constantFrom(0x22, 0x41, 0x80, 0xbf, 0xc1, 0xc2, 0xe0, 0xa0, 0xed, 0x9f, 0xf0, 0x90, 0xf4, 0x8f, 0xf5),
      { maxLength: 6 },
    );
    expectSame(fc.sample(bytes, 3000).map((list) => Buffer.from(list)));
  });

  it('prints doubles as we do', () => {
    expectSame(
      fc
        .sample(fc.double({ noNaN: true, noDefaultInfinity: true }), 5000)
        .map((double) => Buffer.from(`[${double.toExponential()}]`)),
    );
  });

  it('has the same limit on integers', () => {
    expectSame(
      [4299, 4300, 4301].flatMap((digits) => [Buffer.from('7'.repeat(digits)), Buffer.from(`-${'7'.repeat(digits)}`)]),
    );
  });
});
