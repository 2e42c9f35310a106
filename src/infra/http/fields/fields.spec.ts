import { booleanCheck } from './boolean.field';
import { charCheck } from './char.field';
import { choiceCheck } from './choice.field';
import { dateCheck, dateTimeCheck } from './date.field';
import { emailCheck } from './email.field';
import { jsonCheck } from './json.field';
import { listCheck } from './list.field';
import { integerCheck } from './number.field';
import { Refusal, type Check } from './refusal';
import { urlCheck } from './url.field';

/** The value a check lets through, or the messages it refuses with. */
function outcome(check: Check, value: unknown): unknown {
  const verdict = check(value);
  return verdict instanceof Refusal ? { refused: verdict.errors } : verdict;
}

const refused = (...messages: string[]) => ({ refused: messages });

describe('CharField', () => {
  const check = charCheck({ max: 5 });

  it.each([
    ['a text', 'Ada', 'Ada'],
    ['blanks at its ends taken away', ' \t\n Ada\u3000\u2029', 'Ada'],
    ['separators that only Python strips', '\u001cAda\u0085', 'Ada'],
    ['a byte order mark, which Python keeps', '\ufeffAda', '\ufeffAda'],
    ['blanks within', 'A d a', 'A d a'],
    ['an integer as its digits', 42, '42'],
    ['a fraction as its digits', 1.5, '1.5'],
    ['as many characters as allowed', 'abcde', 'abcde'],
    ['emoji counted as people do', '😀😀😀😀😀', '😀😀😀😀😀'],
    ['a text that fits once it is trimmed', `${' '.repeat(50)}abcde${' '.repeat(50)}`, 'abcde'],
  ])('takes %s', (_, value, expected) => {
    expect(outcome(check, value)).toBe(expected);
  });

  it.each([
    ['', 'This field may not be blank.'],
    [' \u00a0\t ', 'This field may not be blank.'],
    ['abcdef', 'Ensure this field has no more than 5 characters.'],
    ['😀😀😀😀😀😀', 'Ensure this field has no more than 5 characters.'],
    ['x'.repeat(1_000_000), 'Ensure this field has no more than 5 characters.'],
    [123456, 'Ensure this field has no more than 5 characters.'],
    ['a\0b', 'Null characters are not allowed.'],
    ['a\ud800', 'Surrogate characters are not allowed: U+D800.'],
    ['\udc00a', 'Surrogate characters are not allowed: U+DC00.'],
    [true, 'Not a valid string.'],
    [false, 'Not a valid string.'],
    [['Ada'], 'Not a valid string.'],
    [[], 'Not a valid string.'],
    [{ name: 'Ada' }, 'Not a valid string.'],
  ])('refuses %j with %j', (value, message) => {
    expect(outcome(check, value)).toEqual(refused(message));
  });

  it('tells everything that is wrong with a text at once', () => {
    expect(outcome(check, 'abcde\0\ud83d')).toEqual(
      refused(
        'Ensure this field has no more than 5 characters.',
        'Null characters are not allowed.',
        'Surrogate characters are not allowed: U+D83D.',
      ),
    );
  });

  it('keeps blanks where it is told to, and takes an empty text where that is an answer', () => {
    expect(outcome(charCheck({ trim: false }), ' Ada ')).toBe(' Ada ');
    expect(outcome(charCheck({ trim: false }), '   ')).toBe('   ');
    expect(outcome(charCheck({ trim: false }), '')).toEqual(refused('This field may not be blank.'));
    expect(outcome(charCheck({ blank: true }), '  ')).toBe('');
  });

  it('has a least length, and 255 characters where no most is told', () => {
    expect(outcome(charCheck({ min: 3 }), '😀😀')).toEqual(refused('Ensure this field has at least 3 characters.'));
    expect(outcome(charCheck({ min: 3 }), 'Ada')).toBe('Ada');
    expect(outcome(charCheck(), 'x'.repeat(255))).toBe('x'.repeat(255));
    expect(outcome(charCheck(), 'x'.repeat(256))).toEqual(
      refused('Ensure this field has no more than 255 characters.'),
    );
  });
});

describe('EmailField', () => {
  const check = emailCheck();

  it.each([
    'ada@example.org',
    ' ada@example.org\n',
    'a.b+c_d-e%f@sub.example-site.co',
    "!#$%&'*+/=?^_`{}|~-@example.org",
    'ada@localhost',
    'ada@[127.0.0.1]',
    'ada@[2001:db8::1]',
    '"ada lovelace"@example.org'.replace(' ', '.'),
    'ada@exämple.org',
    'ada@例え.jp',
    'ada@xn--exmple-cua.org',
    `ada@${'a'.repeat(63)}.org`,
  ])('takes %s', (value) => {
    expect(outcome(check, value)).toBe(value.trim());
  });

  it.each([
    'ada',
    '@example.org',
    'ada@',
    'ada@example',
    'ada@@example.org',
    'ada@example..org',
    '.ada@example.org',
    'ada.@example.org',
    'a..da@example.org',
    'ada lovelace@example.org',
    'ada@exam ple.org',
    'ada@-example.org',
    'ada@example-.org',
    'ada@example.o',
    'ada@example.org.',
    'ada@[127.0.0.256]',
    'ada@[nowhere]',
    'ada\r\nBcc: eve@example.org@example.org',
    'ädä@example.org',
    `ada@${'a'.repeat(64)}.org`,
    'ada@example.org, eve@example.org',
    '<ada@example.org>',
  ])('refuses %j', (value) => {
    expect(outcome(check, value)).toEqual(refused('Enter a valid email address.'));
  });

  it('refuses an over-long address by its length, and judges a hostile one quickly', () => {
    expect(outcome(check, `${'a'.repeat(310)}@example.org`)).toEqual(
      refused('Ensure this field has no more than 320 characters.', 'Enter a valid email address.'),
    );
    const started = performance.now();
    outcome(emailCheck({ max: 100_000 }), `${'a.'.repeat(50_000)}@`);
    outcome(emailCheck({ max: 100_000 }), `a@${'a.'.repeat(49_000)}`);
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});

describe('UrlField', () => {
  it.each([
    'https://example.org',
    'http://localhost:8000/x?y=1#z',
    'https://sub.example.org/a%20b',
    'http://127.0.0.1/',
    'http://[::1]:8000/',
    'https://exämple.org/ü',
  ])('takes %s', (value) => {
    expect(outcome(urlCheck(), value)).toBe(value);
  });

  it.each([
    'example.org',
    '//example.org',
    'https://',
    'https:///path',
    'https://example',
    'javascript:alert(1)',
    'javascript://example.org/%0aalert(1)',
    'ftp://example.org',
    'data:text/html,x',
    'https://exa mple.org',
    'https://example.org/"onclick=',
    'https://example.org/\u0001',
    'https://999.1.1.1',
    'https://example.org:99999/',
  ])('refuses %s', (value) => {
    expect(outcome(urlCheck(), value)).toEqual(refused('Enter a valid URL.'));
  });

  it('takes other schemes where it is told to', () => {
    expect(outcome(urlCheck({ schemes: ['ftp'] }), 'ftp://example.org/file')).toBe('ftp://example.org/file');
  });
});

describe('DateField', () => {
  it.each([
    ['2000-02-29', '2000-02-29'],
    ['1999-1-5', '1999-01-05'],
    ['0001-01-01', '0001-01-01'],
    ['9999-12-31', '9999-12-31'],
  ])('takes %s', (value, expected) => {
    expect(outcome(dateCheck(), value)).toBe(expected);
  });

  it.each([
    '1999-02-29',
    '2000-13-01',
    '2000-00-01',
    '2000-01-32',
    '0000-01-01',
    '01-02-2000',
    '2000/01/02',
    '2000-01-02T00:00:00Z',
    '',
    'yesterday',
    20000102,
    true,
    [],
    {},
  ])('refuses %j', (value) => {
    expect(outcome(dateCheck(), value)).toEqual(
      refused('Date has wrong format. Use one of these formats instead: YYYY-MM-DD.'),
    );
  });
});

describe('DateTimeField', () => {
  it.each([
    ['2024-02-29T12:30:45Z', '2024-02-29T12:30:45.000Z'],
    ['2024-02-29 12:30', '2024-02-29T12:30:00.000Z'],
    ['2024-02-29T12:30:45.123456+02:00', '2024-02-29T10:30:45.123Z'],
    ['2024-02-29T12:30:45.5-0530', '2024-02-29T18:00:45.500Z'],
    ['2024-02-29T23:30+01', '2024-02-29T22:30:00.000Z'],
  ])('takes %s', (value, expected) => {
    expect(dateTimeCheck()(value)).toEqual(new Date(expected));
  });

  it.each([
    '2024-02-30T12:30:45Z',
    '2024-02-29',
    '2024-02-29T25:00',
    '2024-02-29T24:00',
    '2024-02-29T12:61',
    '',
    5,
    null,
  ])('refuses %j', (value) => {
    expect(outcome(dateTimeCheck(), value)).toEqual(
      refused(
        'Datetime has wrong format. Use one of these formats instead: YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z].',
      ),
    );
  });
});

describe('IntegerField', () => {
  it.each([
    [7, 7],
    [-7, -7],
    ['7', 7],
    [' +7 ', 7],
    ['-7.000', -7],
    ['1_000', 1000],
  ])('takes %j', (value, expected) => {
    expect(outcome(integerCheck(), value)).toBe(expected);
  });

  it.each([1.5, '1.5', '', 'x', '1e3', '0x10', true, false, [], [1], {}, '١x'])('refuses %j', (value) => {
    expect(outcome(integerCheck(), value)).toEqual(refused('A valid integer is required.'));
  });

  it('has limits, and never takes what JSON can not carry', () => {
    const check = integerCheck({ min: 1, max: 10 });
    expect(outcome(check, 0)).toEqual(refused('Ensure this value is greater than or equal to 1.'));
    expect(outcome(check, 11)).toEqual(refused('Ensure this value is less than or equal to 10.'));
    expect(outcome(integerCheck(), '9007199254740993')).toEqual(
      refused('Ensure this value is less than or equal to 9007199254740991.'),
    );
    expect(outcome(integerCheck(), 1e300)).toEqual(
      refused('Ensure this value is less than or equal to 9007199254740991.'),
    );
    expect(outcome(integerCheck(), '1'.repeat(1001))).toEqual(refused('String value too large.'));
  });
});

describe('BooleanField', () => {
  it.each([true, 1, '1', 't', 'T', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'y'])(
    'takes %j for true',
    (value) => {
      expect(outcome(booleanCheck(), value)).toBe(true);
    },
  );

  it.each([false, 0, '0', 'f', 'F', 'no', 'NO', 'false', 'False', 'FALSE', 'off', 'n'])(
    'takes %j for false',
    (value) => {
      expect(outcome(booleanCheck(), value)).toBe(false);
    },
  );

  it.each(['', 'tRUE', 'maybe', 2, -1, [], {}, ['true']])('refuses %j', (value) => {
    expect(outcome(booleanCheck(), value)).toEqual(refused('Must be a valid boolean.'));
  });
});

describe('ChoiceField', () => {
  const check = choiceCheck(['recurring', 'oneTime', '1']);

  it('takes one of its choices, a number as its digits', () => {
    expect(outcome(check, 'oneTime')).toBe('oneTime');
    expect(outcome(check, 1)).toBe('1');
  });

  it.each([
    ['onetime', '"onetime" is not a valid choice.'],
    ['', '"" is not a valid choice.'],
    [2, '"2" is not a valid choice.'],
    [true, '"True" is not a valid choice.'],
    ['toString', '"toString" is not a valid choice.'],
    ['x'.repeat(5000), `"${'x'.repeat(100)}…" is not a valid choice.`],
  ])('refuses %j', (value, message) => {
    expect(outcome(check, value)).toEqual(refused(message));
  });
});

describe('ListField', () => {
  const check = listCheck(charCheck({ max: 5 }), { max: 3 });

  it('takes a list and gives its items as their own field does', () => {
    expect(outcome(check, [' a ', 1, 'c'])).toEqual(['a', '1', 'c']);
    expect(outcome(check, [])).toEqual([]);
  });

  it.each([
    ['text', 'str'],
    [1, 'int'],
    [1.5, 'float'],
    [true, 'bool'],
    [{ 0: 'a' }, 'dict'],
  ])('refuses %j as a %s', (value, type) => {
    expect(outcome(check, value)).toEqual(refused(`Expected a list of items but got type "${type}".`));
  });

  it('names each faulty item by its index', () => {
    expect(outcome(check, ['', 'fine', null])).toEqual({
      refused: { 0: ['This field may not be blank.'], 2: ['This field may not be null.'] },
    });
    expect(outcome(listCheck(check), [['a'], ['', 'b'], 'c'])).toEqual({
      refused: { 1: { 0: ['This field may not be blank.'] }, 2: ['Expected a list of items but got type "str".'] },
    });
  });

  it('refuses too many items without a look at them, and too few', () => {
    expect(outcome(check, Array<boolean>(100_000).fill(true))).toEqual(
      refused('Ensure this field has no more than 3 elements.'),
    );
    expect(outcome(listCheck(charCheck()), Array<string>(101).fill('a'))).toEqual(
      refused('Ensure this field has no more than 100 elements.'),
    );
    expect(outcome(listCheck(charCheck(), { min: 1 }), [])).toEqual(refused('This list may not be empty.'));
    expect(outcome(listCheck(charCheck(), { min: 2 }), ['a'])).toEqual(
      refused('Ensure this field has at least 2 elements.'),
    );
  });
});

describe('JsonField', () => {
  it('takes any JSON as it is', () => {
    const value = { a: [1, null, { b: 'é😀' }], c: false };
    expect(outcome(jsonCheck(), value)).toBe(value);
    expect(outcome(jsonCheck(), 'text')).toBe('text');
  });

  it('refuses what a database can not hold, in values and in names', () => {
    expect(outcome(jsonCheck(), { a: ['x\0'] })).toEqual(refused('Null characters are not allowed.'));
    expect(outcome(jsonCheck(), { 'a\0': 1 })).toEqual(refused('Null characters are not allowed.'));
    expect(outcome(jsonCheck(), [['\ud800']])).toEqual(refused('Surrogate characters are not allowed.'));
  });

  it('has a limit in bytes of UTF-8 and one in depth', () => {
    expect(outcome(jsonCheck({ maxBytes: 10 }), 'éééé')).toBe('éééé');
    expect(outcome(jsonCheck({ maxBytes: 10 }), 'ééééé')).toEqual(
      refused('Ensure this field has no more than 10 bytes.'),
    );
    const deep = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`) as unknown;
    expect(outcome(jsonCheck(), deep)).toEqual(refused('Value is nested too deeply.'));
  });

  it('takes only objects where it is told to', () => {
    expect(outcome(jsonCheck({ object: true }), { a: 1 })).toEqual({ a: 1 });
    for (const value of [[], 'a', 1, null]) {
      expect(outcome(jsonCheck({ object: true }), value)).toEqual(refused('Value must be a JSON object.'));
    }
  });
});
