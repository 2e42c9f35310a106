import { refused } from './api-error';
import type { Notes } from './entities';

/** A request's body. */
export type Body = Readonly<Record<string, unknown>>;

export const LEAST_AMOUNT = 100;
const MOST_NOTES = 15;
const LONGEST_NOTE = 256;
const LONGEST_RECEIPT = 40;

/** A whole number, also as digits in a text: Razorpay takes both. Undefined where the field is absent. */
export function integerOf(body: Body, field: string): number | undefined {
  const value = body[field];
  if (value === undefined || value === null) return undefined;
  const number = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isSafeInteger(number)) {
    throw refused(`The ${words(field)} must be an integer.`, field);
  }
  return number;
}

export function requiredInteger(body: Body, field: string, least: number): number {
  const value = integerOf(body, field);
  if (value === undefined) throw refused(`The ${words(field)} field is required.`, field);
  if (value < least) throw refused(`The ${words(field)} must be at least ${least}.`, field);
  return value;
}

/** Like `integerOf`, but refused below `least`. */
export function integerFrom(body: Body, field: string, least: number): number | undefined {
  return body[field] === undefined || body[field] === null ? undefined : requiredInteger(body, field, least);
}

/** Minor units. */
export function amountOf(body: Body, currency: string): number {
  const amount = integerOf(body, 'amount');
  if (amount === undefined) throw refused('The amount field is required.', 'amount');
  return atLeastOne(amount, currency);
}

export function atLeastOne(amount: number, currency: string): number {
  if (amount < LEAST_AMOUNT) throw refused(`The amount must be at least ${currency} 1.00`, 'amount');
  return amount;
}

export function currencyOf(body: Body): string {
  const currency = body['currency'];
  if (currency === undefined) throw refused('The currency field is required.', 'currency');
  if (typeof currency !== 'string' || !/^[A-Z]{3}$/.test(currency)) {
    throw refused('Currency is not supported', 'currency');
  }
  return currency;
}

export function textOf(body: Body, field: string, longest = 255): string | undefined {
  const value = body[field];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw refused(`The ${words(field)} must be a string.`, field);
  if (value.length > longest) {
    throw refused(`The ${words(field)} may not be greater than ${longest} characters.`, field);
  }
  return value;
}

export function requiredText(body: Body, field: string): string {
  const value = textOf(body, field);
  if (!value) throw refused(`The ${words(field)} field is required.`, field);
  return value;
}

export function receiptOf(body: Body): string | null {
  return textOf(body, 'receipt', LONGEST_RECEIPT) ?? null;
}

/** At most 15 pairs of 256 characters; none at all are an empty array. */
export function notesOf(body: Body): Notes {
  const notes = body['notes'];
  if (notes === undefined || notes === null) return [];
  if (typeof notes !== 'object' || (Array.isArray(notes) && notes.length > 0)) {
    throw refused('The notes must be an array.', 'notes');
  }
  const pairs = Object.entries(notes);
  if (pairs.length > MOST_NOTES) throw refused('The notes may not have more than 15 items.', 'notes');
  for (const [key, value] of pairs) {
    if (typeof value !== 'string' && typeof value !== 'number') throw refused(`The notes.${key} is invalid.`, 'notes');
    if (key.length > LONGEST_NOTE || String(value).length > LONGEST_NOTE) {
      throw refused('The notes key and value may not be greater than 256 characters.', 'notes');
    }
  }
  return pairs.length === 0 ? [] : Object.fromEntries(pairs);
}

/** `true`, `1` or `"1"`. */
export function flagOf(body: Body, field: string, fallback: boolean): boolean {
  const value = body[field];
  if (value === undefined || value === null) return fallback;
  if ([true, 1, '1', 'true'].includes(value as string)) return true;
  if ([false, 0, '0', 'false'].includes(value as string)) return false;
  throw refused(`The ${words(field)} field must be true or false.`, field);
}

export function objectOf(body: Body, field: string): Body {
  const value = body[field];
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Body) : {};
}

export function choiceOf<T extends string>(body: Body, field: string, choices: readonly T[], fallback: T): T {
  const value = body[field];
  if (value === undefined || value === null) return fallback;
  const chosen = choices.find((choice) => choice === value);
  if (chosen === undefined) throw refused(`The ${words(field)} should be one of ${choices.join(', ')}`, field);
  return chosen;
}

const words = (field: string): string => field.replaceAll('_', ' ');
