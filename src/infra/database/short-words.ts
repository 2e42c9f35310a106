/**
 * InnoDB keeps no words below `innodb_ft_min_token_size` letters, which is 3 unless somebody sets it for a whole server.
 * Filled up with `_`, which is a letter to it, they are kept and found: `AI` as `AI_`, the C of `C++` as `C__`.
 */
export const SHORTEST_KEPT = 3;

/** As InnoDB splits text. */
const WORD = /[\p{L}\p{M}\p{N}_]+/gu;

export function wordsIn(text: string): string[] {
  return text.match(WORD) ?? [];
}

export function isShort(word: string): boolean {
  return [...word].length < SHORTEST_KEPT;
}

export function filledUp(word: string): string {
  return word + '_'.repeat(Math.max(0, SHORTEST_KEPT - [...word].length));
}

/** The text, and below it its short words, each once and filled up. */
export function withShortWords(text: string): string {
  const short = new Set(wordsIn(text.toLowerCase()).filter(isShort));
  return short.size === 0 ? text : `${text}\n${[...short].map(filledUp).join(' ')}`;
}
