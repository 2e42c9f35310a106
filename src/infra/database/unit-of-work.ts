import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CurrentTransaction } from './current-transaction';
import { isRetryable } from './database-error';
import { Gateway } from './gateway';
import { Transaction } from './transaction';

const MOST_ATTEMPTS = 8;
const FIRST_PAUSE_MS = 10;

/** Transactions: READ COMMITTED on every dialect, found by repositories through AsyncLocalStorage. */
@Injectable()
export class UnitOfWork {
  private readonly logger = new Logger(UnitOfWork.name);

  constructor(
    private readonly gateway: Gateway,
    private readonly dataSource: DataSource,
    private readonly current: CurrentTransaction,
  ) {}

  /**
   * Commits when `work` resolves, rolls back when it throws. Inside a running unit of work it joins that one, and a
   * failure here rolls the whole back, even if the caller catches it. Deadlocks and serialisation failures run `work`
   * again, up to eight times in all: it must be repeatable, and keep from the outside world.
   */
  async run<T>(work: () => Promise<T>): Promise<T> {
    const running = this.current.get();
    if (running) return this.join(running, work);
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.attempt(work);
      } catch (error) {
        if (attempt === MOST_ATTEMPTS || !isRetryable(error)) throw error;
      }
      await sleep(FIRST_PAUSE_MS * 2 ** attempt * Math.random());
    }
  }

  /** Runs `action` after the outermost commit, outside the transaction; never on rollback. At once where none runs. */
  afterCommit(action: () => void): void {
    const running = this.current.get();
    if (running) running.committed.push(action);
    else action();
  }

  /**
   * Has `conclude` called once, right before the commit, with all that was gathered by `by` in the outermost unit of work:
   * for rows that everybody shares, which are locked in one order then, and not for long. Throws where none runs.
   */
  gather<T>(by: object, items: readonly T[], conclude: (all: readonly T[]) => Promise<void>): void {
    const running = this.current.get();
    if (running === undefined) throw new Error('What is gathered for the end of a unit of work needs one');
    running.gather(by, items, conclude);
  }

  get active(): boolean {
    return this.current.get() !== undefined;
  }

  /** Clients of the outside world call this first: no transaction may wait for somebody else's server. */
  refuseInside(what: string): void {
    if (this.active) throw new Error(`${what} must not be called inside a unit of work`);
  }

  private async join<T>(running: Transaction, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      running.fail(error);
      throw error;
    }
  }

  private async attempt<T>(work: () => Promise<T>): Promise<T> {
    const connection = await this.gateway.connect();
    const transaction = new Transaction(connection, this.dataSource);
    let broken = false;
    try {
      transaction.begin();
      const result = await this.current.enter(transaction, async () => {
        const done = await work();
        await transaction.conclude();
        return done;
      });
      await transaction.commit();
      this.announce(transaction);
      return result;
    } catch (error) {
      await transaction.rollback().catch(() => (broken = true));
      throw transaction.cause(error);
    } finally {
      connection.release(broken);
    }
  }

  private announce(transaction: Transaction): void {
    for (const action of transaction.committed) {
      try {
        action();
      } catch (error) {
        this.logger.error('An action after commit failed', error instanceof Error ? error.stack : String(error));
      }
    }
  }
}
