import type { Statement } from './statement';

export interface Outcome {
  readonly rows: readonly unknown[];
  readonly affected: number;
  /** The id the database gave: MySQL's own, on PostgreSQL the `id` of `returning id`. */
  readonly insertId?: number;
}

export interface Runner {
  run(statement: Statement, values: readonly unknown[]): Promise<Outcome>;
}

/** One connection taken out of the pool, for one transaction. */
export interface Connection extends Runner {
  /** The driver's own connection, for TypeORM. */
  readonly raw: object;
  /** True: several statements may be on their way at once; they are done in order, and none after one that fails. */
  readonly pipelined: boolean;
  begin(): Promise<void>;
  /** Throws when the database answered with a rollback. */
  commit(): Promise<void>;
  rollback(): Promise<void>;
  /** A broken connection is thrown away instead of being reused. */
  release(broken: boolean): void;
}

/** The pool, beside TypeORM: hot statements pay for the driver only. */
export abstract class Gateway implements Runner {
  abstract run(statement: Statement, values: readonly unknown[]): Promise<Outcome>;
  abstract connect(): Promise<Connection>;
}
