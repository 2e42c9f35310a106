import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { acquireEmbeddedPostgres } from '../../src/infra/database/embedded/embedded-postgres';

export interface TestServer {
  /** An URL whose account may create databases. */
  readonly adminUrl: string;
  readonly stop: () => Promise<void>;
}

/** The one named by TEST_DATABASE_URL, or an embedded one with its data in a folder that goes when the run ends. */
export async function startTestServer(): Promise<TestServer> {
  const adminUrl = process.env.TEST_DATABASE_URL;
  if (adminUrl) return { adminUrl: adminUrl.replace(/^mariadb:/, 'mysql:'), stop: async () => {} };
  const folder = mkdtempSync(join(tmpdir(), 'guildhall-test-'));
  const { address, base, release } = await acquireEmbeddedPostgres(folder, { durable: false });
  return {
    adminUrl: `postgres://${address.user}@${encodeURIComponent(address.host)}:${address.port}/postgres`,
    stop: async () => {
      await release();
      for (const path of [base, folder]) rmSync(path, { recursive: true, force: true });
    },
  };
}
