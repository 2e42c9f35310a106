import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { dialect } from '../../../src/infra/config/dialect';
import { migrationClasses } from '../../../src/infra/database/migrations';
import { applyMigrations, undoMigrations } from '../../../src/infra/database/migrator';
import { openDataSource } from '../../../src/infra/database/open-data-source';
import { PROJECT, startScript } from '../../setup/script-process';
import { anotherDatabase, closeAfterSpec, specDatabase } from '../../setup/spec-database';

// Whole servers and processes start here; a busy machine takes its time for them.
jest.setTimeout(120_000);

const load = createRequire(__filename);
const names = migrationClasses().map(({ name }) => name);

async function open(url: string, entities: (new () => object)[] = []): Promise<DataSource> {
  const dataSource = await openDataSource({ kind: dialect, url, poolSize: 3 }, entities);
  closeAfterSpec(() => dataSource.destroy());
  return dataSource;
}

/** `post_search` looks different on each dialect. */
const WITHOUT_ENTITY = ['migrations', 'post_search'];
/** Entities know none of another module, so the ORM would drop these. */
const KEYS_ACROSS_MODULES = ['fk_post_tier_tier', 'fk_post_early_tier'];
const isKeyAcrossModules = (query: string): boolean =>
  KEYS_ACROSS_MODULES.some((name) => query.endsWith(`DROP CONSTRAINT "${name}"`));

/** Every column, index and constraint, as the database tells them. */
async function schemaOf(dataSource: DataSource): Promise<unknown[]> {
  const own = dialect === 'postgres' ? 'current_schema()' : 'database()';
  const columns: unknown[] = await dataSource.query(
    `select table_name as a, column_name as b, data_type as c, is_nullable as d, column_default as e,
            character_maximum_length as f
     from information_schema.columns where table_schema = ${own} order by 1, 2`,
  );
  const constraints: unknown[] = await dataSource.query(
    `select table_name as a, constraint_name as b, constraint_type as c
     from information_schema.table_constraints
     where table_schema = ${own} and constraint_name not like '%not_null' order by 1, 2, 3`,
  );
  const indexes: unknown[] = await dataSource.query(
    dialect === 'postgres'
      ? `select indexdef as a from pg_indexes where schemaname = ${own} order by 1`
      : `select table_name as a, index_name as b, seq_in_index as c, column_name as d
         from information_schema.statistics where table_schema = ${own} order by 1, 2, 3`,
  );
  return [columns, constraints, indexes];
}

async function tablesOf(dataSource: DataSource): Promise<string[]> {
  const own = dialect === 'postgres' ? 'current_schema()' : 'database()';
  const rows: { name: string }[] = await dataSource.query(
    `select table_name as name from information_schema.tables where table_schema = ${own} order by 1`,
  );
  return rows.map(({ name }) => name);
}

describe('migrations', () => {
  it('go up, down to nothing, and up to the same again', async () => {
    const dataSource = await open(await anotherDatabase('empty'));
    expect(await applyMigrations(dataSource)).toEqual(names);
    const schema = await schemaOf(dataSource);
    expect(await undoMigrations(dataSource, Infinity)).toEqual([...names].reverse());
    expect(await tablesOf(dataSource)).toEqual(['migrations']);
    expect(await applyMigrations(dataSource)).toEqual(names);
    expect(await schemaOf(dataSource)).toEqual(schema);
  });

  it('are applied once by four processes that start together', async () => {
    const url = await anotherDatabase('empty');
    const starters = await Promise.all(Array.from({ length: 4 }, () => open(url)));
    const applied = await Promise.all(starters.map(applyMigrations));
    expect(applied.flat().sort()).toEqual([...names].sort());
    const [first] = starters;
    expect(await first?.query('select name from migrations order by id')).toEqual(names.map((name) => ({ name })));
  });

  it('are what the template of the specs is made of', async () => {
    const migrated = await open(await specDatabase());
    const empty = await open(await anotherDatabase('empty'));
    await applyMigrations(empty);
    expect(await schemaOf(migrated)).toEqual(await schemaOf(empty));
  });

  it('are one class a file, named as the file is', () => {
    for (const file of readdirSync(join(PROJECT, 'migrations'))) {
      const [, stamp = '', words = ''] = /^(\d+)-([a-z0-9-]+)\.ts$/.exec(file) ?? [];
      const name = words.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
      expect([file, names.filter((known) => known === `${name}${stamp}`)]).toEqual([file, [`${name}${stamp}`]]);
    }
  });

  it('leave no difference to the entities on PostgreSQL', async () => {
    if (dialect !== 'postgres') return;
    const files = readdirSync(join(PROJECT, 'src'), { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.entity.ts'),
    );
    const entities = files.flatMap((file) =>
      Object.values(load(join(PROJECT, 'src', file)) as Record<string, new () => object>),
    );
    const dataSource = await open(await specDatabase(), entities);
    const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
    const strange = upQueries.map(({ query }) => query).filter((query) => !isKeyAcrossModules(query));
    expect(strange).toEqual([]);
    expect(dataSource.entityMetadatas.map(({ tableName }) => tableName).sort()).toEqual(
      (await tablesOf(dataSource)).filter((table) => !WITHOUT_ENTITY.includes(table)),
    );
  });

  // Full text is searched as people write it, in any case and with or without accents.
  it('compare text by bytes on MySQL, but for what is searched', async () => {
    if (dialect !== 'mysql') return;
    const dataSource = await open(await specDatabase());
    const rows = await dataSource.query(
      `select table_name as a, column_name as b, collation_name as c from information_schema.columns
       where table_schema = database() and table_name not in ('migrations', 'post_search') and data_type <> 'longtext'
         and collation_name not in ('utf8mb4_nopad_bin', 'utf8mb4_0900_bin')`,
    );
    expect(rows).toEqual([]);
  });
});

describe('npm run migrate', () => {
  const migrate = join(PROJECT, 'src/migrate.ts');

  it('applies, undoes and says what', async () => {
    const environment = { DATABASE_URL: await anotherDatabase('empty') };
    const applied = startScript(migrate, [], environment);
    expect([await applied.end(), applied.output]).toEqual([0, names.map((name) => `applied ${name}\n`).join('')]);
    const again = startScript(migrate, [], environment);
    expect([await again.end(), again.output]).toEqual([0, 'nothing to be applied\n']);
    const one = startScript(migrate, ['--undo'], environment);
    expect([await one.end(), one.output]).toEqual([0, `undone ${names.at(-1)}\n`]);
    const all = startScript(migrate, ['--undo-all'], environment);
    expect(await all.end()).toBe(0);
    expect(all.output.trim().split('\n')).toHaveLength(names.length - 1);
    const down = startScript(migrate, ['--down'], environment);
    expect([await down.end(), down.output]).toEqual([0, 'nothing to be undone\n']);
  });

  it('fails with words and a status', async () => {
    const url = new URL(await anotherDatabase('empty'));
    url.pathname += '_nowhere';
    const failed = startScript(migrate, [], { DATABASE_URL: url.toString() });
    expect(await failed.end()).toBe(1);
    expect(failed.output).toContain('_nowhere');
    const unset = startScript(migrate, [], { NODE_ENV: 'production' });
    expect([await unset.end(), unset.output]).toEqual([1, expect.stringContaining('DATABASE_URL is missing')]);
  });
});
