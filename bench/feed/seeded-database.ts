import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { hash } from '@node-rs/argon2';
import type { Client } from 'pg';
import { type BenchDatabase, databaseUrl, onServer, reachServer, versionOf } from '../bench-database';
import { seed } from './seed';

/** Of every seeded person. */
export const BENCH_PASSWORD = 'a-Bench-9-password';

const PROJECT = join(__dirname, '../../..');
/** Of the embedded server; a seeded million stays until it is removed by hand. */
const HOME = join(PROJECT, '.data/bench');

/** A database with `posts` posts and what belongs to them: the one from the last time, unless the tables changed since. */
export async function seededDatabase(posts: number): Promise<BenchDatabase> {
  const server = await reachServer(HOME);
  const { adminUrl } = server;
  const name = `guildhall_bench_feed_${posts}`;
  const url = databaseUrl(adminUrl, name);
  const state = `${posts} posts, ${newestMigration()}`;
  if ((await onServer(adminUrl, (client) => stateOf(client, name))) !== state) {
    await onServer(adminUrl, (client) => recreate(client, name));
    execFileSync(process.execPath, [join(__dirname, '../../src/migrate.js')], {
      env: { ...process.env, DATABASE_URL: url },
      stdio: 'ignore',
    });
    const passwordHash = await hash(BENCH_PASSWORD);
    await onServer(url, (client) => seed(client, posts, passwordHash, new Date()));
    await onServer(adminUrl, (client) => client.query(`comment on database ${name} is '${state}'`));
  }
  return { url, server: `${await onServer(adminUrl, versionOf)}, ${posts} posts`, release: () => server.stop() };
}

async function stateOf(client: Client, name: string): Promise<string | undefined> {
  const { rows } = await client.query<{ state: string | null }>(
    `select shobj_description(oid, 'pg_database') as state from pg_database where datname = $1`,
    [name],
  );
  return rows[0]?.state ?? undefined;
}

async function recreate(client: Client, name: string): Promise<void> {
  await client.query(`drop database if exists ${name} with (force)`);
  await client.query(`create database ${name}`);
}

function newestMigration(): string {
  return readdirSync(join(PROJECT, 'migrations')).sort().at(-1) ?? 'none';
}
