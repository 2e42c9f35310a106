import { outcome, refused } from '../../../../test/setup/check-outcome';
import { booleanCheck } from './boolean.field';
import { charCheck } from './char.field';
import { dateCheck, dateTimeCheck } from './date.field';
import { jsonCheck } from './json.field';
import { listCheck } from './list.field';
import { integerCheck } from './number.field';

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
    ['0001-01-01T00:00Z', '0001-01-01T00:00:00.000Z'],
    ['9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z'],
  ])('takes %s', (value, expected) => {
    expect(dateTimeCheck()(value)).toEqual(new Date(expected));
  });

  it.each([
    '2024-02-30T12:30:45Z',
    '2024-02-29',
    '2024-02-29T25:00',
    '2024-02-29T24:00',
    '2024-02-29T12:61',
    '9999-12-31T23:59:59-23:59',
    '0001-01-01T00:00:00+00:01',
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

  it('refuses numbers that JSON can not carry back', () => {
    expect(outcome(jsonCheck(), [{ a: 1e300, b: -0.5 }])).toEqual([{ a: 1e300, b: -0.5 }]);
    for (const value of [JSON.parse('1e999'), { a: [-Infinity] }, NaN] as unknown[]) {
      expect(outcome(jsonCheck(), value)).toEqual(refused('Number is too large to be kept as it is.'));
    }
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
