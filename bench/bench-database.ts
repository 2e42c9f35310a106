import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { acquireEmbeddedPostgres } from '../src/infra/database/embedded/embedded-postgres';

export interface BenchDatabase {
  readonly url: string;
  readonly server: string;
  /** Drops it, unless it is kept for the next run. */
  release(this: void): Promise<void>;
}

/** A fresh database on the PostgreSQL of BENCH_DATABASE_URL (an account that may create one), else on an embedded one. */
export async function benchDatabase(): Promise<BenchDatabase> {
  const { adminUrl, stop } = await reachServer();
  const name = `guildhall_bench_${randomBytes(4).toString('hex')}`;
  await onServer(adminUrl, (client) => client.query(`create database ${name}`));
  return {
    url: databaseUrl(adminUrl, name),
    server: await onServer(adminUrl, versionOf),
    release: async () => {
      await onServer(adminUrl, (client) => client.query(`drop database ${name} with (force)`));
      await stop();
    },
  };
}

export interface BenchServer {
  readonly adminUrl: string;
  stop(this: void): Promise<void>;
}

/** An embedded server keeps its data in `folder`, or without one in a temporary place. */
export async function reachServer(folder?: string): Promise<BenchServer> {
  const given = process.env.BENCH_DATABASE_URL;
  if (given) return { adminUrl: given, stop: async () => {} };
  const home = folder ?? mkdtempSync(join(tmpdir(), 'guildhall-bench-'));
  const { address, release } = await acquireEmbeddedPostgres(home);
  return {
    adminUrl: `postgres://${address.user}@${encodeURIComponent(address.host)}:${address.port}/postgres`,
    stop: async () => {
      await release();
      if (folder === undefined) rmSync(home, { recursive: true, force: true });
    },
  };
}

export function databaseUrl(adminUrl: string, name: string): string {
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return url.toString();
}

export async function versionOf(client: Client): Promise<string> {
  const { rows } = await client.query<{ server_version: string }>('show server_version');
  return `PostgreSQL ${rows[0]?.server_version}`;
}

export async function onServer<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
