import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { NewsBus } from './news-bus';

export type NewsListener = (accountIds: readonly number[]) => void;

/** Tells whoever listens, here and on other instances, that an account's bell is otherwise than before: what, they read. */
@Injectable()
export class NewsService implements BeforeApplicationShutdown {
  private listener: NewsListener | undefined;
  private started: Promise<void> | undefined;

  constructor(private readonly bus: NewsBus) {}

  /** After the commit. */
  tell(accountIds: readonly number[]): void {
    if (accountIds.length === 0) return;
    this.listener?.(accountIds);
    void this.bus.publish(accountIds);
  }

  /** From when this resolves on, nothing is told that `listener` does not hear, while `complete` says so. */
  listen(listener: NewsListener): Promise<void> {
    this.listener = listener;
    this.started ??= this.bus.start((accountIds) => this.listener?.(accountIds));
    return this.started;
  }

  /** Whether other instances are heard; while they are not, the database is to be asked. */
  get complete(): boolean {
    return this.bus.connected;
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.bus.close();
  }
}
