import { type QueryRunner, Table, type TableCheckOptions, type TableColumnOptions, type TableOptions } from 'typeorm';
import { dialect } from '../config/dialect';

/** `id bigint` that the database counts up. */
export function idColumnOf(name = 'id'): TableColumnOptions {
  return { name, type: 'bigint', isPrimary: true, isGenerated: true, generationStrategy: 'increment' };
}

/**
 * Creates a table alike on every dialect. MySQL: text is compared by bytes, as on PostgreSQL, and CHECKs are added by
 * hand, because TypeORM's MySQL runner passes over `checks` without a word.
 */
export async function createTable(queryRunner: QueryRunner, options: TableOptions): Promise<void> {
  if (dialect === 'postgres') return queryRunner.createTable(new Table(options));
  await queryRunner.createTable(new Table({ ...options, checks: [], engine: 'InnoDB' }));
  const collation = await binaryCollation(queryRunner);
  await queryRunner.query(`alter table \`${options.name}\` convert to character set utf8mb4 collate ${collation}`);
  for (const check of options.checks ?? []) await addCheck(queryRunner, options.name, check);
}

export async function addCheck(queryRunner: QueryRunner, table: string, check: TableCheckOptions): Promise<void> {
  const quote = dialect === 'mysql' ? '`' : '"';
  const named = [table, check.name ?? ''].map((name) => `${quote}${name}${quote}`);
  await queryRunner.query(`alter table ${named[0]} add constraint ${named[1]} check (${check.expression})`);
}

/** The binary collation that also tells 'a' from 'a ' has a name of its own on each server; utf8mb4_bin does not. */
async function binaryCollation(queryRunner: QueryRunner): Promise<string> {
  const [row] = (await queryRunner.query('select version() as version')) as { version: string }[];
  return /mariadb/i.test(row?.version ?? '') ? 'utf8mb4_nopad_bin' : 'utf8mb4_0900_bin';
}
