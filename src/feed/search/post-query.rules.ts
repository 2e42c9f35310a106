/** What somebody typed, as the full-text searches take it: words that all have to be there, and no operators. */

export interface PostgresQuery {
  /** For `plainto_tsquery`, which splits it as the posts were split. */
  readonly words: string;
  /** For `to_tsquery`: the beginning of a word, or empty. */
  readonly beginning: string;
}

const WORD = /[\p{L}\p{M}\p{N}_]+/gu;
const PLAIN_WORD = /^[\p{L}\p{M}\p{N}]+$/u;
/** The beginnings of shorter ones are those of too many words. InnoDB knows no shorter words either. */
const SHORTEST = 3;
/** InnoDB's own list: words that it doesn't keep, so that none of them may be asked for. */
const STOP_WORDS = new Set(
  'a about an are as at be by com de en for from how i in is it la of on or that the this to was what when where who will with und the www'.split(
    ' ',
  ),
);

/** The last word may be unfinished. */
export function postgresQuery(text: string): PostgresQuery {
  const words = text.split(/\s+/u);
  const last = words.at(-1) ?? '';
  if (!PLAIN_WORD.test(last) || [...last].length < SHORTEST) return { words: text, beginning: '' };
  return { words: words.slice(0, -1).join(' '), beginning: `'${last}':*` };
}

/** For boolean mode. Empty, which nothing matches, where no word is kept in the index. */
export function mysqlQuery(text: string): string {
  const words = text.match(WORD) ?? [];
  return words
    .map((word, index) => ({ word, isLast: index === words.length - 1 && text.endsWith(word) }))
    .filter(({ word }) => [...word].length >= SHORTEST)
    .filter(({ word, isLast }) => isLast || !STOP_WORDS.has(word.toLowerCase()))
    .map(({ word, isLast }) => `+${word}${isLast ? '*' : ''}`)
    .join(' ');
}
