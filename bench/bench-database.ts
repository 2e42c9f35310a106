import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { acquireEmbeddedPostgres } from '../src/infra/database/embedded/embedded-postgres';

export interface BenchDatabase {
  readonly url: string;
  readonly server: string;
  drop(): Promise<void>;
}

/** A fresh database on the PostgreSQL of BENCH_DATABASE_URL (an account that may create one), else on an embedded one. */
export async function benchDatabase(): Promise<BenchDatabase> {
  const { adminUrl, stop } = await reachServer();
  const name = `guildhall_bench_${randomBytes(4).toString('hex')}`;
  const server = await onServer(adminUrl, async (client) => {
    await client.query(`create database ${name}`);
    const { rows } = await client.query<{ server_version: string }>('show server_version');
    return `PostgreSQL ${rows[0]?.server_version}`;
  });
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return {
    url: url.toString(),
    server,
    drop: async () => {
      await onServer(adminUrl, (client) => client.query(`drop database ${name} with (force)`));
      await stop();
    },
  };
}

async function reachServer(): Promise<{ adminUrl: string; stop: () => Promise<void> }> {
  const given = process.env.BENCH_DATABASE_URL;
  if (given) return { adminUrl: given, stop: async () => {} };
  const folder = mkdtempSync(join(tmpdir(), 'guildhall-bench-'));
  const { address, release } = await acquireEmbeddedPostgres(folder);
  return {
    adminUrl: `postgres://${address.user}@${encodeURIComponent(address.host)}:${address.port}/postgres`,
    stop: async () => {
      await release();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function onServer<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
