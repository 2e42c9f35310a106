import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { dialect } from '../config/dialect';
import { CurrentTransaction } from './current-transaction';
import { Gateway, type Outcome } from './gateway';
import type { Statement } from './statement';

export { replanned, statement, type Statement } from './statement';

/**
 * The door to the database for repositories. Inside a unit of work everything runs in its transaction, otherwise on the
 * pool. `bigint` comes back as a number, timestamps as Date, JSON parsed, on every dialect; `numeric` (also what
 * `sum()` of bigints gives) as text, a boolean expression on MySQL as 0 or 1.
 */
@Injectable()
export class Database {
  readonly dialect = dialect;

  constructor(
    private readonly gateway: Gateway,
    private readonly dataSource: DataSource,
    private readonly current: CurrentTransaction,
  ) {}

  async rows<T>(statement: Statement, values: readonly unknown[] = []): Promise<T[]> {
    return (await this.run(statement, values)).rows as T[];
  }

  async first<T>(statement: Statement, values: readonly unknown[] = []): Promise<T | undefined> {
    return (await this.run(statement, values)).rows[0] as T | undefined;
  }

  /** For statements that change rows. PostgreSQL gives `insertId` where the statement ends in `returning id`. */
  async execute(
    statement: Statement,
    values: readonly unknown[] = [],
  ): Promise<{ affected: number; insertId?: number }> {
    const { affected, insertId } = await this.run(statement, values);
    return { affected, insertId };
  }

  /** TypeORM's manager of the running unit of work, else the default one. */
  get manager(): EntityManager {
    return this.current.get()?.manager ?? this.dataSource.manager;
  }

  private run(statement: Statement, values: readonly unknown[]): Promise<Outcome> {
    return (this.current.get() ?? this.gateway).run(statement, values);
  }
}
