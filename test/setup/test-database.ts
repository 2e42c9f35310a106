import 'reflect-metadata';
import { type INestApplicationContext, Logger, type ModuleMetadata, type Type } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { DataSource } from 'typeorm';
import { type Clock, SystemClock } from '../../src/common/clock';
import { ConfigModule } from '../../src/infra/config/config.module';
import { loadEnvironment } from '../../src/infra/config/environment';
import { loadSettings } from '../../src/infra/config/settings';
import { Database } from '../../src/infra/database/database';
import { DatabaseModule } from '../../src/infra/database/database.module';
import { UnitOfWork } from '../../src/infra/database/unit-of-work';
import { closeAfterSpec } from './spec-database';
import { testEnvironment } from './test-settings';

export interface TestDatabase {
  readonly database: Database;
  readonly unitOfWork: UnitOfWork;
  readonly dataSource: DataSource;
  readonly app: INestApplicationContext;
  get<T>(token: Type<T> | (abstract new (...parameters: never[]) => T) | string | symbol): T;
  close(): Promise<void>;
}

/**
 * DatabaseModule on this spec's migrated database, without HTTP, and with it the modules and providers of `metadata`.
 * Called again it opens a second instance on the same database. Closed by itself after the spec file.
 */
export async function startTestDatabase(
  metadata: ModuleMetadata = {},
  overrides: Record<string, string> = {},
  clock: Clock = new SystemClock(),
): Promise<TestDatabase> {
  const settings = loadSettings(loadEnvironment(await testEnvironment(overrides)));
  Logger.overrideLogger(['error', 'fatal']);
  const app = await Test.createTestingModule({
    ...metadata,
    imports: [ConfigModule.forRoot(settings, clock), DatabaseModule, ...(metadata.imports ?? [])],
  }).compile();
  app.useLogger(['error', 'fatal']);
  await app.init();
  let closed: Promise<void> | undefined;
  const close = (): Promise<void> => (closed ??= app.close());
  closeAfterSpec(close);
  return {
    app,
    database: app.get(Database),
    unitOfWork: app.get(UnitOfWork),
    dataSource: app.get(DataSource),
    get: (token) => app.get(token, { strict: false }),
    close,
  };
}
