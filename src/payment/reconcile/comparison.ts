import type { RunBook } from './run-book';

/** One kind of thing, compared part by part. */
export interface Comparison {
  readonly stage: string;
  /** Compares a part, and says where the next one begins: JSON. Undefined where nothing is left. */
  step(book: RunBook, cursor: unknown): Promise<unknown>;
}
