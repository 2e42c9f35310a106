import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import { attachQueryRunner, detachQueryRunner } from './attached-query-runner';
import { isRetryable } from './database-error';
import type { Connection, Outcome } from './gateway';
import type { Statement } from './statement';

interface Gathered {
  readonly items: unknown[];
  readonly conclude: (all: readonly unknown[]) => Promise<void>;
}

/**
 * One transaction on one connection. Statements run one after another, also when the caller starts several at once: on
 * PostgreSQL they then travel together, which saves the way there and back.
 */
export class Transaction {
  readonly committed: (() => void)[] = [];
  private readonly gathered = new Map<object, Gathered>();
  private ended = false;
  private failed = false;
  private failure: unknown;
  private queryRunner: QueryRunner | undefined;
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly connection: Connection,
    private readonly dataSource: DataSource,
  ) {}

  /** Not awaited: where statements travel together, the first one goes with it. */
  begin(): void {
    this.inTurn(() => this.connection.begin()).catch(() => undefined);
  }

  run(statement: Statement, values: readonly unknown[]): Promise<Outcome> {
    return this.inTurn(() => this.connection.run(statement, values));
  }

  get manager(): EntityManager {
    this.refuseAfterEnd();
    this.queryRunner ??= attachQueryRunner(this.dataSource, this.connection.raw, (query) => this.inTurn(query));
    return this.queryRunner.manager;
  }

  /** From here on this transaction can only be rolled back, whatever becomes of the error. */
  fail(error: unknown): void {
    if (this.failed && !isRetryable(error)) return;
    this.failed = true;
    this.failure = error;
  }

  /** See `UnitOfWork.gather`. */
  gather<T>(by: object, items: readonly T[], conclude: (all: readonly T[]) => Promise<void>): void {
    const gathered = this.gathered.get(by) ?? { items: [], conclude: conclude as Gathered['conclude'] };
    gathered.items.push(...items);
    this.gathered.set(by, gathered);
  }

  /** The last of the work. */
  async conclude(): Promise<void> {
    for (const { items, conclude } of this.gathered.values()) await conclude(items);
  }

  /** Commits, or throws why it can't. */
  async commit(): Promise<void> {
    await this.last;
    if (this.failed) throw this.failure;
    this.end();
    await this.connection.commit();
  }

  /** The error to report in place of `error`: a deadlock that the work has turned into something else stays one. */
  cause(error: unknown): unknown {
    return this.failed && isRetryable(this.failure) ? this.failure : error;
  }

  async rollback(): Promise<void> {
    this.end();
    await this.last;
    await this.connection.rollback();
  }

  refuseAfterEnd(): void {
    if (!this.ended) return;
    throw new Error('This unit of work has ended: a promise in it was not awaited, or afterCommit is meant');
  }

  private inTurn<T>(query: () => Promise<T>): Promise<T> {
    this.refuseAfterEnd();
    const answer = this.connection.pipelined ? this.watched(query) : this.last.then(() => this.watched(query));
    this.last = answer.catch(() => undefined);
    return answer;
  }

  /** PostgreSQL refuses all that follows a failed statement; MySQL would go on, after a deadlock even outside of it. */
  private async watched<T>(query: () => Promise<T>): Promise<T> {
    if (this.failed) throw this.failure;
    try {
      return await query();
    } catch (error) {
      this.fail(error);
      throw this.failure;
    }
  }

  private end(): void {
    this.ended = true;
    if (this.queryRunner) detachQueryRunner(this.queryRunner);
  }
}
