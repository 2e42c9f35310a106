import { outcome, refused } from '../../../../test/setup/check-outcome';
import { charCheck } from './char.field';
import { choiceCheck } from './choice.field';
import { emailCheck } from './email.field';
import { urlCheck } from './url.field';

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
    'ada@exam\u00adple.org',
    'ada@exam\u200bple.org',
    'ada@exam\ufe0fple.org',
    'ada@example.org\u200b',
    'a\u200bda@example.org',
    '"a\u00adda"@example.org',
    'ada@exa%6dple.org',
    'ada@[fe80::1%eth0]',
    'ada@example.org#x',
    'ada@example.org/x',
    'ada@exam\tple.org',
  ])('refuses %j', (value) => {
    expect(outcome(check, value)).toEqual(refused('Enter a valid email address.'));
  });

  it('refuses an address whose key would not fit where the address does', () => {
    const domain = `${'\u00fc'.repeat(10)}.org`;
    expect(outcome(emailCheck({ max: 20 }), `ada@${domain}`)).toEqual(refused('Enter a valid email address.'));
    expect(outcome(emailCheck({ max: 30 }), `ada@${domain}`)).toBe(`ada@${domain}`);
  });

  it('refuses an over-long address by its length, and a hostile one at all', () => {
    expect(outcome(check, `${'a'.repeat(310)}@example.org`)).toEqual(
      refused('Ensure this field has no more than 320 characters.', 'Enter a valid email address.'),
    );
    // Exponential work would not end at all.
    for (const hostile of [`${'a.'.repeat(49_000)}@`, `a@${'a.'.repeat(49_000)}`]) {
      expect(outcome(emailCheck({ max: 100_000 }), hostile)).toEqual(refused('Enter a valid email address.'));
    }
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
