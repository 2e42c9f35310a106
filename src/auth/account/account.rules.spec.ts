import { birthDateFaults, emailFaults, faultsOf, usernameFaults } from './account.rules';
import { formatRoles, parseRoles } from './roles';

const CHARACTERS = 'Enter a valid username. This value may contain only letters, numbers, and @/./+/-/_ characters.';

describe('usernameFaults', () => {
  it.each(['ravi', 'Zoë.O-Neill_7+x', 'राम', 'ｒａｖｉ', 'ravi@home'])('%p will do', (username) => {
    expect(usernameFaults(username, 'ravi@example.org')).toEqual([]);
  });

  it.each(['two words', 'semi;colon', 'emoji😀'])('%p will not', (username) => {
    expect(usernameFaults(username, 'ravi@example.org')).toEqual([CHARACTERS]);
  });

  it.each(['\u034f', '\ufe0f', '\u3164', '\u115f', '\u00ad'])('nobody sees %j in one', (invisible) => {
    expect(usernameFaults(`ad${invisible}min`, 'ravi@example.org')).toEqual([CHARACTERS]);
    expect(usernameFaults(`admin${invisible}`, 'ravi@example.org')).toEqual([CHARACTERS]);
    expect(usernameFaults(`ravi@exam${invisible}ple.org`, 'ravi@example.org')).toEqual([CHARACTERS]);
  });

  it('knows an address in any spelling', () => {
    expect(usernameFaults('ravi@bücher.example', 'ravi@xn--bcher-kva.example')).toEqual([]);
    expect(usernameFaults('ravi@exa%6dple.org', 'ravi@example.org')).toEqual([CHARACTERS]);
  });

  it("takes the account's own address, and nobody else's", () => {
    expect(usernameFaults('Ravi@Example.org', 'ravi@example.org')).toEqual([]);
    expect(usernameFaults('mira@example.org', 'ravi@example.org')).toEqual([
      'A username that is an e-mail address must be your own.',
    ]);
  });

  it('counts what folding makes of it', () => {
    const unfolds = 'ﷺ'.repeat(9);
    expect(usernameFaults(unfolds, '')).toEqual([CHARACTERS]);
    expect(usernameFaults('İ'.repeat(100), '')).toEqual(['Ensure this field has no more than 150 characters.']);
    expect(emailFaults(`${'İ'.repeat(200)}@example.org`)).toEqual(['Enter a valid email address.']);
  });
});

describe('birthDateFaults', () => {
  const now = new Date('2026-03-01T23:59:59Z');

  it('knows today, tomorrow and long ago', () => {
    expect(birthDateFaults('2026-03-01', now)).toEqual([]);
    expect(birthDateFaults('2026-03-02', now)).toEqual(['Date of birth cannot be in the future.']);
    expect(birthDateFaults('1896-01-01', now)).toEqual([]);
    expect(birthDateFaults('1895-12-31', now)).toEqual(['Date of birth cannot be before the year 1896.']);
  });
});

describe('faultsOf', () => {
  it('keeps what is faulty', () => {
    expect(faultsOf({ a: [], b: ['x'] })).toEqual({ b: ['x'] });
    expect(faultsOf({ a: [] })).toBeUndefined();
  });
});

describe('roles', () => {
  it('survive storing, in one order, and unknown ones give nothing', () => {
    expect(formatRoles(['finance', 'admin', 'admin'])).toBe('admin,finance');
    expect(parseRoles('finance,admin,emperor')).toEqual(['admin', 'finance']);
    expect(parseRoles('')).toEqual([]);
  });
});
