import type { DataSource, QueryRunner } from 'typeorm';
import { MigrationExecutor } from 'typeorm';
import { dialect } from '../config/dialect';
import { MYSQL_SESSION, POSTGRES_SESSION } from './session-settings';

/** "guildhal" in ASCII. */
const LOCK_KEY = 0x6775696c6468616cn.toString();
/** MySQL's locks belong to the server and not to the database, so the name carries the database. */
const MYSQL_LOCK = `concat('guildhall:', left(sha1(database()), 40))`;
const LOCK_WAIT_SECONDS = 300;

/** Applies what is pending and answers its names. Processes that start together take turns: each is applied once. */
export async function applyMigrations(dataSource: DataSource): Promise<string[]> {
  if (!(await hasPending(dataSource))) return [];
  return underLock(dataSource, async (queryRunner) => {
    const applied = await executor(dataSource, queryRunner).executePendingMigrations();
    return applied.map(({ name }) => name);
  });
}

/** Undoes the last `count` migrations, newest first, and answers their names. */
export async function undoMigrations(dataSource: DataSource, count: number): Promise<string[]> {
  return underLock(dataSource, async (queryRunner) => {
    const undone: string[] = [];
    while (undone.length < count) {
      const [last] = (await executor(dataSource, queryRunner).getExecutedMigrations()).sort(
        (a, b) => (b.id ?? 0) - (a.id ?? 0),
      );
      if (!last) break;
      await executor(dataSource, queryRunner).undoLastMigration();
      undone.push(last.name);
    }
    return undone;
  });
}

/** Without the lock: most starts find nothing to do. */
async function hasPending(dataSource: DataSource): Promise<boolean> {
  const pending = await new MigrationExecutor(dataSource).getPendingMigrations();
  return pending.length > 0;
}

function executor(dataSource: DataSource, queryRunner: QueryRunner): MigrationExecutor {
  const executor = new MigrationExecutor(dataSource, queryRunner);
  executor.transaction = 'each';
  return executor;
}

async function underLock<T>(dataSource: DataSource, work: (queryRunner: QueryRunner) => Promise<T>): Promise<T> {
  const queryRunner = dataSource.createQueryRunner();
  try {
    await lock(queryRunner);
    try {
      return await work(queryRunner);
    } finally {
      await unlock(queryRunner);
    }
  } finally {
    await queryRunner.release();
  }
}

async function lock(queryRunner: QueryRunner): Promise<void> {
  if (dialect === 'postgres') {
    // A migration may take its time, and so may the process that is applying them just now.
    await queryRunner.query(`set statement_timeout = 0; set lock_timeout = '${LOCK_WAIT_SECONDS}s'`);
    await queryRunner.query('select pg_advisory_lock($1)', [LOCK_KEY]);
    return;
  }
  await queryRunner.query('set session innodb_lock_wait_timeout = 60 /*M!100101 , max_statement_time = 0 */');
  const [answer] = (await queryRunner.query(`select get_lock(${MYSQL_LOCK}, ${LOCK_WAIT_SECONDS}) as taken`)) as {
    taken: unknown;
  }[];
  if (Number(answer?.taken) !== 1) throw new Error(`Another process has been migrating for ${LOCK_WAIT_SECONDS} s`);
}

async function unlock(queryRunner: QueryRunner): Promise<void> {
  if (dialect === 'mysql') {
    await queryRunner.query(`select release_lock(${MYSQL_LOCK})`);
    await queryRunner.query(MYSQL_SESSION);
    return;
  }
  await queryRunner.query('select pg_advisory_unlock($1)', [LOCK_KEY]);
  await queryRunner.query(POSTGRES_SESSION);
}
