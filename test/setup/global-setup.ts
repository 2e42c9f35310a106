import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import { Logger } from '@nestjs/common';
import globalTeardown from './global-teardown';
import { testDatabases } from './test-databases';
import { databaseUrl, publishRun, templateName, type TestRun } from './test-run';
import { startTestServer } from './test-server';

const load = createRequire(__filename);

/** One server and one migrated template database for the whole run; spec files copy it. */
export default async function globalSetup(): Promise<void> {
  Logger.overrideLogger(['error', 'fatal']);
  const server = await startTestServer();
  const run: TestRun = { adminUrl: server.adminUrl, prefix: `gh_test_${randomBytes(4).toString('hex')}`, rebuild: [] };
  globalThis.guildhallTestRun = { run, server };
  try {
    publishRun({ ...run, rebuild: await prepareTemplate(run) });
  } catch (error) {
    // Jest runs no teardown after a setup that failed.
    await globalTeardown();
    throw error;
  }
}

async function prepareTemplate(run: TestRun): Promise<string[]> {
  // The dialect is decided when entities and migrations are loaded: not before this is set.
  process.env.DATABASE_URL = run.adminUrl;
  const { migrateTemplate } = load('./migrate-template') as typeof import('./migrate-template');
  const databases = testDatabases(run);
  await databases.createEmpty(templateName(run));
  await migrateTemplate(databaseUrl(run, templateName(run)));
  return databases.describe(templateName(run));
}
