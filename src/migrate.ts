import './infra/config/production-flag';
import 'reflect-metadata';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readDatabase } from './infra/config/database.settings';
import { loadEnvironment } from './infra/config/environment';
import { SettingsError } from './infra/config/settings';
import { SettingsReader } from './infra/config/settings-reader';
import { applyMigrations, undoMigrations } from './infra/database/migrator';
import { openDataSource } from './infra/database/open-data-source';

const USAGE = `npm run migrate                apply what is pending
npm run migrate -- --undo      undo the last migration
npm run migrate -- --undo-all  undo every migration (or --down)`;

/** Applies or undoes migrations, prints their names, and ends. Needs the settings of the database and no others. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      undo: { type: 'boolean' },
      'undo-all': { type: 'boolean' },
      down: { type: 'boolean' },
      help: { type: 'boolean' },
      production: { type: 'boolean' },
    },
  });
  if (values.help) return console.log(USAGE);
  const dataSource = await openDataSource(databaseSettings());
  try {
    if (values['undo-all'] || values.down) print('undone', await undoMigrations(dataSource, Infinity));
    else if (values.undo) print('undone', await undoMigrations(dataSource, 1));
    else print('applied', await applyMigrations(dataSource));
  } finally {
    await dataSource.destroy();
  }
}

function databaseSettings(): ReturnType<typeof readDatabase> {
  const reader = new SettingsReader(loadEnvironment());
  const settings = readDatabase(reader, resolve(reader.text('DATA_DIR') ?? '.data'));
  if (reader.faults.length > 0) throw new SettingsError(reader.faults);
  return settings;
}

function print(verb: string, names: readonly string[]): void {
  for (const name of names) console.log(`${verb} ${name}`);
  if (names.length === 0) console.log(`nothing to be ${verb}`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
