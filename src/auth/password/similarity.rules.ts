const MAX_SIMILARITY = 0.7;

/** Python's `\W+`, in which letters and numbers of every script are word characters. */
const NON_WORD = /[^\p{L}\p{N}_]+/u;

/** Django's UserAttributeSimilarityValidator for one attribute: the whole value and each of its words are compared. */
export function isTooSimilar(password: string, value: string): boolean {
  if (value === '') return false;
  const lowered = value.toLowerCase();
  const secret = [...password.toLowerCase()];
  return [...lowered.split(NON_WORD), lowered].some((part) => {
    const letters = [...part];
    return !isNegligible(secret.length, letters.length) && quickRatio(secret, letters) >= MAX_SIMILARITY;
  });
}

/** A value this much shorter than the password can't reach the ratio; Django skips it to bound the work. */
function isNegligible(passwordLength: number, valueLength: number): boolean {
  return passwordLength >= 10 * valueLength && valueLength < (MAX_SIMILARITY / 2) * passwordLength;
}

/** `quick_ratio` of Python's difflib.SequenceMatcher: how much two texts share when order is ignored, 0 to 1. */
export function quickRatio(a: readonly string[], b: readonly string[]): number {
  if (a.length + b.length === 0) return 1;
  const available = new Map<string, number>();
  for (const letter of b) available.set(letter, (available.get(letter) ?? 0) + 1);
  let shared = 0;
  for (const letter of a) {
    const left = available.get(letter) ?? 0;
    if (left > 0) shared += 1;
    available.set(letter, left - 1);
  }
  return (2 * shared) / (a.length + b.length);
}
