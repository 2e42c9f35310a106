import type { FieldErrors } from '../../../common/domain-error';

/** What a check answers instead of a value: a field's messages, or those of its parts. */
export class Refusal {
  constructor(readonly errors: string[] | FieldErrors) {}
}

export function refuse(...messages: string[]): Refusal {
  return new Refusal(messages);
}

/** A pure check: the value in the form that handlers get, or why not. Never throws. */
export type Check<T = unknown> = (value: unknown) => T | Refusal;
