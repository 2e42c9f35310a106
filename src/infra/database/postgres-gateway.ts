import type { Pool, PoolClient, QueryResult } from 'pg';
import { Gateway, type Connection, type Outcome } from './gateway';
import type { Statement } from './statement';

interface Queryable {
  query(config: { name?: string; text: string; values: unknown[] }): Promise<QueryResult<Record<string, unknown>>>;
}

async function run(on: Queryable, statement: Statement, values: readonly unknown[]): Promise<Outcome> {
  const name = statement.replanned ? undefined : statement.name;
  const result = await on.query({ name, text: statement.postgres, values: values as unknown[] });
  return { rows: result.rows, affected: result.rowCount ?? 0, insertId: result.rows[0]?.id as number | undefined };
}

export class PostgresGateway extends Gateway {
  constructor(private readonly pool: Pool) {
    super();
  }

  run(statement: Statement, values: readonly unknown[]): Promise<Outcome> {
    return run(this.pool, statement, values);
  }

  async connect(): Promise<Connection> {
    return new PostgresConnection(await this.pool.connect());
  }
}

class PostgresConnection implements Connection {
  readonly pipelined = true;

  constructor(readonly raw: PoolClient) {
    // Without a listener a connection that breaks between two statements would end the process.
    raw.on('error', ignore);
  }

  run(statement: Statement, values: readonly unknown[]): Promise<Outcome> {
    return run(this.raw, statement, values);
  }

  async begin(): Promise<void> {
    await this.raw.query('begin');
  }

  async commit(): Promise<void> {
    const { command } = await this.raw.query('commit');
    // `commit` of a transaction in which a statement failed is answered with a rollback, and without an error.
    if (command !== 'COMMIT') throw new Error('The transaction was rolled back: a statement in it had failed');
  }

  async rollback(): Promise<void> {
    await this.raw.query('rollback');
  }

  release(broken: boolean): void {
    this.raw.removeListener('error', ignore);
    this.raw.release(broken);
  }
}

function ignore(): void {
  // The statement under way, or the next one, is rejected with the same error.
}
