import { type QueryRunner, Table, type TableCheckOptions, type TableColumnOptions, type TableOptions } from 'typeorm';
import { dialect } from '../config/dialect';

/** `id bigint` that the database counts up. */
export function idColumnOf(name = 'id'): TableColumnOptions {
  return { name, type: 'bigint', isPrimary: true, isGenerated: true, generationStrategy: 'increment' };
}

/**
 * Creates a table alike on every dialect. MySQL: utf8mb4 compared by bytes, as PostgreSQL does, and CHECKs added by hand,
 * because TypeORM's MySQL runner passes over `checks` without a word.
 */
export async function createTable(queryRunner: QueryRunner, options: TableOptions): Promise<void> {
  if (dialect === 'postgres') return queryRunner.createTable(new Table(options));
  await queryRunner.createTable(new Table({ ...options, checks: [], engine: 'InnoDB' }));
  await queryRunner.query(`alter table \`${options.name}\` convert to character set utf8mb4 collate utf8mb4_bin`);
  for (const check of options.checks ?? []) await addCheck(queryRunner, options.name, check);
}

export async function addCheck(queryRunner: QueryRunner, table: string, check: TableCheckOptions): Promise<void> {
  const quote = dialect === 'mysql' ? '`' : '"';
  const named = [table, check.name ?? ''].map((name) => `${quote}${name}${quote}`);
  await queryRunner.query(`alter table ${named[0]} add constraint ${named[1]} check (${check.expression})`);
}
