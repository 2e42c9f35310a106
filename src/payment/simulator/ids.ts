import type { Random } from './random';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const LENGTH = 14;

/** Makes ids as Razorpay's are: a prefix and 14 letters or digits. */
export class Ids {
  constructor(private readonly random: Random) {}

  make(prefix: string): string {
    return `${prefix}_${this.code()}`;
  }

  /** 14 letters or digits. */
  code(): string {
    return Array.from({ length: LENGTH }, () => LETTERS[Math.floor(this.random() * LETTERS.length)]).join('');
  }

  /** A number of so many digits, as banks print on their slips. */
  digits(length: number): string {
    return Array.from({ length }, () => Math.floor(this.random() * 10)).join('');
  }
}
