/** A bank account in India. */
export interface BankAccount {
  readonly ifscCode: string;
  /** Digits only. */
  readonly accountNumber: string;
  readonly bankName: string;
  readonly accountHolderName: string;
}

const IFSC = /^[A-Z]{4}0[A-Z0-9]{6}$/i;
const ACCOUNT_NUMBER = /^\d{9,18}$/;
const MASK = 'XXXXXXXX';
const MASKED = /^X{8}\d{4}$/;
const SHOWN_DIGITS = 4;

/** In capitals; undefined where it is none. */
export function ifscCodeOf(text: string): string | undefined {
  return IFSC.test(text) ? text.toUpperCase() : undefined;
}

/** Without the spaces and hyphens that people write; undefined where it is none. */
export function accountNumberOf(text: string): string | undefined {
  const digits = text.replaceAll(/[\s-]/g, '');
  return ACCOUNT_NUMBER.test(digits) ? digits : undefined;
}

/** What is shown of an account number; not even its length. */
export function masked(accountNumber: string): string {
  return MASK + accountNumber.slice(-SHOWN_DIGITS);
}

export function isMasked(text: string): boolean {
  return MASKED.test(text);
}

/** What `changes` make of it; undefined where they change nothing. */
export function changed(account: BankAccount, changes: Partial<BankAccount>): BankAccount | undefined {
  const after: BankAccount = {
    ifscCode: changes.ifscCode ?? account.ifscCode,
    accountNumber: changes.accountNumber ?? account.accountNumber,
    bankName: changes.bankName ?? account.bankName,
    accountHolderName: changes.accountHolderName ?? account.accountHolderName,
  };
  const names = Object.keys(after) as (keyof BankAccount)[];
  return names.some((name) => after[name] !== account[name]) ? after : undefined;
}
