import type { Pool, PoolConnection, ResultSetHeader, RowDataPacket } from 'mysql2';
import { Gateway, type Connection, type Outcome } from './gateway';
import type { Statement } from './statement';

type Answer = ResultSetHeader | RowDataPacket[];

/** Plain objects are JSON; a list stands for the items of `in (?)`, and an empty one matches nothing. */
function bind(value: unknown): unknown {
  if (value === undefined) throw new TypeError('undefined is no value for a statement');
  if (Array.isArray(value)) return value.length === 0 ? [null] : value;
  if (value === null || typeof value !== 'object' || value instanceof Date || Buffer.isBuffer(value)) return value;
  return JSON.stringify(value);
}

function run(on: Pool | PoolConnection, statement: Statement, values: readonly unknown[]): Promise<Outcome> {
  const { sql, order } = statement.mysqlText;
  return new Promise((resolve, reject) => {
    on.query<Answer>(
      sql,
      order.map((index) => bind(values[index])),
      (error, answer) => {
        if (error) reject(error);
        else resolve(outcome(answer));
      },
    );
  });
}

function outcome(answer: Answer): Outcome {
  if (Array.isArray(answer)) return { rows: answer, affected: answer.length };
  return { rows: [], affected: answer.affectedRows, insertId: answer.insertId || undefined };
}

export class MysqlGateway extends Gateway {
  constructor(private readonly pool: Pool) {
    super();
  }

  run(statement: Statement, values: readonly unknown[]): Promise<Outcome> {
    return run(this.pool, statement, values);
  }

  connect(): Promise<Connection> {
    return new Promise((resolve, reject) => {
      this.pool.getConnection((error, connection) => {
        if (error) reject(error);
        else resolve(new MysqlConnection(connection));
      });
    });
  }
}

class MysqlConnection implements Connection {
  /** After a deadlock it would do the next one outside of the transaction. */
  readonly pipelined = false;

  constructor(readonly raw: PoolConnection) {}

  run(statement: Statement, values: readonly unknown[]): Promise<Outcome> {
    return run(this.raw, statement, values);
  }

  async begin(): Promise<void> {
    await this.raw.promise().query('start transaction');
  }

  async commit(): Promise<void> {
    await this.raw.promise().query('commit');
  }

  async rollback(): Promise<void> {
    await this.raw.promise().query('rollback');
  }

  release(broken: boolean): void {
    if (broken) this.raw.destroy();
    else this.raw.release();
  }
}
