import type { DataSource, QueryRunner } from 'typeorm';

type Query = QueryRunner['query'];

/**
 * TypeORM's query runner on a connection that is ours and already in a transaction, so that entities can be used beside
 * plain statements. `isTransactionActive` keeps `save()` from opening a transaction of its own; with depth 1 one that
 * is asked for explicitly becomes a savepoint.
 */
export function attachQueryRunner(
  dataSource: DataSource,
  connection: object,
  inTurn: <T>(query: () => Promise<T>) => Promise<T>,
): QueryRunner {
  const runner = dataSource.createQueryRunner('master');
  const query = runner.query.bind<Query>(runner);
  return Object.assign(runner, {
    databaseConnection: connection,
    isTransactionActive: true,
    transactionDepth: 1,
    query: ((...parameters: Parameters<Query>) => inTurn(() => query(...parameters))) as Query,
  });
}

/** The connection goes back to the pool, so a manager that somebody has kept must not reach it any more. */
export function detachQueryRunner(runner: QueryRunner): void {
  Object.assign(runner, { isReleased: true, databaseConnection: undefined });
}
