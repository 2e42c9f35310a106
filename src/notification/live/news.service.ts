import { Injectable } from '@nestjs/common';

export type NewsListener = (accountIds: readonly number[]) => void;

/** Tells whoever listens that something of an account's bell is otherwise than before: what, they read themselves. */
@Injectable()
export class NewsService {
  private readonly listeners = new Set<NewsListener>();

  /** After the commit. */
  tell(accountIds: readonly number[]): void {
    if (accountIds.length === 0) return;
    for (const listener of this.listeners) listener(accountIds);
  }

  /** Gives the way to listen no more. */
  listen(listener: NewsListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}
