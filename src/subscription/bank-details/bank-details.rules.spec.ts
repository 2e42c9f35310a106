import { accountNumberOf, type BankAccount, changed, ifscCodeOf, isMasked, masked } from './bank-details.rules';

describe('an IFSC code', () => {
  it.each([
    ['HDFC0001234', 'HDFC0001234'],
    ['hdfc0abc12z', 'HDFC0ABC12Z'],
    ['HDFC1001234', undefined],
    ['HDF00001234', undefined],
    ['HDFC000123', undefined],
    ['HDFC00012345', undefined],
    ['HDFC0 01234', undefined],
    ['HDFC000123\u0131', undefined],
    ['\u017fBIN0001234', undefined],
    ['HDFC0001234\n', undefined],
    ['', undefined],
  ])('%j is %j', (text, code) => expect(ifscCodeOf(text)).toBe(code));
});

describe('an account number', () => {
  it.each([
    ['123456789', '123456789'],
    ['123456789012345678', '123456789012345678'],
    ['0012 3456-7890', '001234567890'],
    ['12345678', undefined],
    ['1234567890123456789', undefined],
    ['12345678x', undefined],
    ['XXXXXXXX1234', undefined],
    ['१२३४५६७८९', undefined],
    ['+123456789', undefined],
    ['', undefined],
  ])('%j is %j', (text, digits) => expect(accountNumberOf(text)).toBe(digits));

  it.each(['123456789', '123456789012345678'])('%s shows its last four digits, and not its length', (digits) => {
    expect(masked(digits)).toBe(`XXXXXXXX${digits.slice(-4)}`);
    expect(isMasked(masked(digits))).toBe(true);
    expect(accountNumberOf(masked(digits))).toBeUndefined();
  });

  it.each(['XXXXXXX1234', 'xxxxxxxx1234', 'XXXXXXXX12345', 'XXXXXXXX', '123456781234'])('%s is no mask', (text) => {
    expect(isMasked(text)).toBe(false);
  });
});

describe('changes', () => {
  const account: BankAccount = {
    ifscCode: 'HDFC0001234',
    accountNumber: '123456789',
    bankName: 'HDFC Bank',
    accountHolderName: 'Asha',
  };

  it.each<Partial<BankAccount>>([
    {},
    { ...account },
    { bankName: 'HDFC Bank' },
    { ifscCode: undefined, accountNumber: '123456789' },
  ])('%j are none', (changes) => expect(changed(account, changes)).toBeUndefined());

  it.each<Partial<BankAccount>>([
    { ifscCode: 'SBIN0001234' },
    { accountNumber: '987654321' },
    { bankName: 'State Bank' },
    { accountHolderName: 'Ravi', bankName: 'HDFC Bank' },
  ])('%j leave the rest', (changes) => expect(changed(account, changes)).toEqual({ ...account, ...changes }));
});
