import { refuse, type Check } from './refusal';

/** How much of a wrong choice is said back to its sender. */
const MAX_ECHO = 100;

export function choiceCheck<T extends string>(choices: readonly T[]): Check<T> {
  return (value) => {
    const text = typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
    return choices.find((choice) => choice === text) ?? refuse(`"${echo(value)}" is not a valid choice.`);
  };
}

function echo(value: unknown): string {
  const text = typeof value === 'string' ? value : wordOf(value);
  return text.length > MAX_ECHO ? `${text.slice(0, MAX_ECHO).replace(/\p{Surrogate}/gu, '')}…` : text;
}

/** Python writes its truth values with capitals. */
function wordOf(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return JSON.stringify(value);
}
