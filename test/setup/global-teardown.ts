import { testDatabases } from './test-databases';
import type { TestRun } from './test-run';
import type { TestServer } from './test-server';

declare global {
  // eslint-disable-next-line no-var -- the only way to declare a property of globalThis
  var guildhallTestRun: { run: TestRun; server: TestServer };
}

export default async function globalTeardown(): Promise<void> {
  const { run, server } = globalThis.guildhallTestRun;
  await testDatabases(run).dropAll();
  await server.stop();
}
