import { testDatabases } from './test-databases';
import type { TestRun } from './test-run';
import type { TestServer } from './test-server';

declare global {
  var guildhallTestRun: { run: TestRun; server: TestServer };
}

export default async function globalTeardown(): Promise<void> {
  const { run, server } = globalThis.guildhallTestRun;
  await testDatabases(run).dropAll();
  await server.stop();
}
