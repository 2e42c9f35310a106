import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { acquireEmbeddedPostgres } from '../../src/infra/database/embedded/embedded-postgres';

/** The database server of one test run. */
export interface TestServer {
  /** An URL whose account may create databases. */
  readonly adminUrl: string;
  readonly stop: () => Promise<void>;
}

/** The one named by TEST_DATABASE_URL, or an embedded one with its data in a folder that goes when the run ends. */
export async function startTestServer(): Promise<TestServer> {
  const adminUrl = process.env.TEST_DATABASE_URL;
  if (adminUrl) return { adminUrl, stop: async () => {} };
  const folder = mkdtempSync(join(tmpdir(), 'guildhall-test-'));
  const { address, release } = await acquireEmbeddedPostgres(folder, { durable: false });
  return {
    adminUrl: `postgres://${address.user}@${encodeURIComponent(address.host)}:${address.port}/postgres`,
    stop: async () => {
      await release();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Unlike that of any other run on the same server. */
export function runPrefix(): string {
  return `gh_test_${randomBytes(4).toString('hex')}`;
}
