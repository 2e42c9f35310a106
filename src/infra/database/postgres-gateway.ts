import type { Pool, PoolClient, QueryResult } from 'pg';
import { Gateway, type Connection, type Outcome } from './gateway';
import { POSTGRES_REPLAN } from './session-settings';
import type { Statement } from './statement';

interface Prepared {
  readonly name?: string;
  readonly text: string;
  readonly values: unknown[];
}

interface Queryable {
  query(query: Prepared | string): Promise<QueryResult<Record<string, unknown>>>;
}

async function run(on: Queryable, statement: Statement, values: readonly unknown[]): Promise<Outcome> {
  const { name, postgres: text, replanned } = statement;
  const result = replanned
    ? await replan(on, { text, values: values as unknown[] })
    : await on.query({ name, text, values: values as unknown[] });
  return { rows: result.rows, affected: result.rowCount ?? 0, insertId: result.rows[0]?.id as number | undefined };
}

/** Three statements that travel together. */
async function replan(on: Queryable, prepared: Prepared): Promise<QueryResult<Record<string, unknown>>> {
  const [, outcome, after] = await Promise.allSettled([
    on.query(POSTGRES_REPLAN.before),
    on.query(prepared),
    on.query(POSTGRES_REPLAN.after),
  ]);
  if (outcome.status === 'rejected') throw outcome.reason;
  if (after.status === 'rejected') throw after.reason;
  return outcome.value;
}

export class PostgresGateway extends Gateway {
  constructor(private readonly pool: Pool) {
    super();
  }

  async run(statement: Statement, values: readonly unknown[]): Promise<Outcome> {
    if (!statement.replanned) return run(this.pool, statement, values);
    const connection = await this.connect();
    let broken = true;
    try {
      const outcome = await connection.run(statement, values);
      broken = false;
      return outcome;
    } finally {
      connection.release(broken);
    }
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
