import { setTimeout as sleep } from 'node:timers/promises';
import { DataSource, type DataSourceOptions } from 'typeorm';
import type { DatabaseSettings } from '../config/database.settings';
import { type DatabaseAddress, dataSourceOptions } from './data-source-options';
import { isUnavailable } from './database-error';
import { acquireEmbeddedPostgres } from './embedded/embedded-postgres';
import { applyMigrations } from './migrator';

const PATIENCE_MS = 30_000;
const PAUSE_MS = 500;

type Entities = DataSourceOptions['entities'];

/** A data source that lets go of its server when it is closed: the embedded one stops with its last user. */
class ServedDataSource extends DataSource {
  constructor(
    options: DataSourceOptions,
    private readonly letGo: () => Promise<void>,
  ) {
    super(options);
  }

  override async destroy(): Promise<void> {
    try {
      await super.destroy();
    } finally {
      await this.letGo();
    }
  }
}

/** Opens the database of the settings, the embedded server included, without touching the schema. */
export async function openDataSource(settings: DatabaseSettings, entities: Entities = []): Promise<DataSource> {
  const server = await reach(settings);
  const options = { ...dataSourceOptions(server.address, settings.poolSize), entities } as DataSourceOptions;
  const dataSource = new ServedDataSource(options, server.release);
  try {
    await connect(dataSource);
    return dataSource;
  } catch (error) {
    await server.release();
    throw error;
  }
}

/** The same, with every pending migration applied. */
export async function openMigratedDataSource(settings: DatabaseSettings, entities: Entities = []): Promise<DataSource> {
  const dataSource = await openDataSource(settings, entities);
  try {
    await applyMigrations(dataSource);
    return dataSource;
  } catch (error) {
    await dataSource.destroy();
    throw error;
  }
}

async function reach(settings: DatabaseSettings): Promise<{ address: DatabaseAddress; release: () => Promise<void> }> {
  if (settings.kind === 'embedded') return acquireEmbeddedPostgres(settings.directory);
  return { address: { kind: settings.kind, url: settings.url }, release: async () => {} };
}

/** A server that is still starting, as beside docker compose, is waited for. */
async function connect(dataSource: DataSource): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      await dataSource.initialize();
      return;
    } catch (error) {
      if (!isUnavailable(error) || performance.now() > deadline) throw error;
      await sleep(PAUSE_MS);
    }
  }
}
