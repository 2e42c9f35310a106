import { filledUp, isShort, wordsIn } from '../../infra/database/short-words';

/** What somebody typed, as the full-text searches take it: words that all have to be there, and no operators. */

export interface PostgresQuery {
  /** For `plainto_tsquery`, which splits it as the posts were split. */
  readonly words: string;
  /** For `to_tsquery`: the beginning of a word, or empty. */
  readonly beginning: string;
}

const PLAIN_WORD = /^[\p{L}\p{M}\p{N}]+$/u;

/** The last word may be unfinished, unless it is short: too many words begin so. */
export function postgresQuery(text: string): PostgresQuery {
  const words = text.split(/\s+/u);
  const last = words.at(-1) ?? '';
  if (!PLAIN_WORD.test(last) || isShort(last)) return { words: text, beginning: '' };
  return { words: words.slice(0, -1).join(' '), beginning: `'${last}':*` };
}

/** For boolean mode, where short words are kept filled up. Empty, which nothing matches, where there is no word. */
export function mysqlQuery(text: string): string {
  const words = wordsIn(text);
  return words
    .map((word, index) => {
      const isUnfinished = index === words.length - 1 && text.endsWith(word) && !isShort(word);
      return `+${filledUp(word)}${isUnfinished ? '*' : ''}`;
    })
    .join(' ');
}
