/** Names as the search for creators compares them; pure, and the same on every dialect. */

/** Whatever names are made of, what is compared stays small: looking for one among hundreds must not hold others up. */
const MOST_LETTERS = 200;
const MOST_WORDS = 6;
const LONGEST_WORD = 24;
/** A longer word shares enough trigrams with itself, whatever two letters have changed places. */
const LONGEST_SWAPPED = 8;

/** Lower-cased, without accents, split at whatever is neither letter nor digit. */
export function wordsOf(...texts: readonly string[]): string[] {
  // A single letter may become eighteen.
  const plain = texts
    .map((text) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().slice(0, MOST_LETTERS))
    .join(' ');
  const words = plain.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
  return [...new Set(words)].slice(0, MOST_WORDS).map((word) => [...word].slice(0, LONGEST_WORD).join(''));
}

/** Two blanks before each word and one after it, so that its beginning weighs most: `jo` = `  j`, ` jo`, `jo `. */
export function trigramsOf(words: readonly string[]): Set<string> {
  return new Set(words.flatMap((word) => slices([...`  ${word} `])));
}

/**
 * The trigrams to look for. The last word may be unfinished, so its end doesn't count. A short word with two letters
 * in the wrong order shares next to nothing with the right one: the trigrams of the right ones are looked for too.
 */
export function soughtTrigrams(words: readonly string[]): string[] {
  const sought = words.flatMap((word, index) => {
    const spellings = [[...word], ...swapped([...word])];
    const end = index === words.length - 1 ? '' : ' ';
    return spellings.flatMap((letters) => slices([' ', ' ', ...letters, ...end]));
  });
  return [...new Set(sought)];
}

/**
 * How far a name is from what was typed: 0 = the very words, undefined = not meant. Every word typed has to stand for a
 * word of the name or for its beginning; each mistake costs 2, a beginning 1.
 */
export function distanceOfName(typed: readonly string[], name: readonly string[]): number | undefined {
  let sum = 0;
  for (const word of typed) {
    const nearest = Math.min(...name.map((part) => distanceOfWord(word, part)));
    if (nearest === Infinity) return undefined;
    sum += nearest;
  }
  return typed.length === 0 ? undefined : sum;
}

/** Infinity for more mistakes than a word of this length is forgiven. */
function distanceOfWord(typed: string, part: string): number {
  const [from, to] = [[...typed], [...part]];
  if (part.startsWith(typed)) return from.length === to.length ? 0 : 1;
  const forgiven = mistakesForgiven(from.length);
  // A longer word can still be meant by its beginning, a shorter one by nothing.
  if (forgiven === 0 || to.length < from.length - forgiven) return Infinity;
  const row = lastRow(from, to.slice(0, from.length + forgiven + 1));
  // Undefined where the word goes on, and so has more mistakes than are forgiven.
  const mistakes = row[to.length] ?? Infinity;
  const whole = mistakes <= forgiven ? 2 * mistakes : Infinity;
  // The row holds the distance to every beginning of the word.
  const beginning = Math.min(...row.slice(Math.max(1, from.length - 1)));
  return Math.min(whole, beginning <= forgiven ? 2 * beginning + 1 : Infinity);
}

function mistakesForgiven(length: number): number {
  if (length < 3) return 0;
  return length < 6 ? 1 : 2;
}

/** Damerau-Levenshtein (optimal string alignment): the distances of `from` to every beginning of `to`. */
function lastRow(from: readonly string[], to: readonly string[]): number[] {
  let before: number[] = [];
  let above = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let line = 1; line <= from.length; line += 1) {
    const row = [line];
    for (let column = 1; column <= to.length; column += 1) {
      const isSame = from[line - 1] === to[column - 1];
      const isSwap = line > 1 && column > 1 && from[line - 1] === to[column - 2] && from[line - 2] === to[column - 1];
      row.push(
        Math.min(
          at(above, column) + 1,
          at(row, column - 1) + 1,
          at(above, column - 1) + (isSame ? 0 : 1),
          isSwap ? at(before, column - 2) + 1 : Infinity,
        ),
      );
    }
    before = above;
    above = row;
  }
  return above;
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Infinity;
}

function slices(letters: readonly string[]): string[] {
  return letters.slice(2).map((_, start) => letters.slice(start, start + 3).join(''));
}

function swapped(letters: readonly string[]): string[][] {
  if (letters.length < 3 || letters.length > LONGEST_SWAPPED) return [];
  return letters.slice(1).map((letter, index) => letters.with(index, letter).with(index + 1, letters[index] ?? ''));
}
