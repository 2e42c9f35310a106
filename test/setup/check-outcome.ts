import { Refusal, type Check } from '../../src/infra/http/fields/refusal';

/** The value a check lets through, or the messages it refuses with. */
export function outcome(check: Check, value: unknown): unknown {
  const verdict = check(value);
  return verdict instanceof Refusal ? { refused: verdict.errors } : verdict;
}

export function refused(...messages: string[]): { refused: string[] } {
  return { refused: messages };
}
