import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { execFileSync, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { Client } from 'pg';
import type { SocketAddress } from '../../../src/infra/database/data-source-options';
import { binariesFor } from '../../../src/infra/database/embedded/binaries';
import { acquireEmbeddedPostgres, type EmbeddedPostgres } from '../../../src/infra/database/embedded/embedded-postgres';
import { placeFor } from '../../../src/infra/database/embedded/place';
import { isServing, readPostmaster } from '../../../src/infra/database/embedded/postmaster';
import { startScript, type TestProcess } from '../../setup/script-process';
import { closeAfterSpec } from '../../setup/spec-database';
import { temporaryFolder } from '../../setup/test-settings';

// Whole servers and processes start here; a busy machine takes its time for them.
jest.setTimeout(120_000);

const isRoot = process.getuid?.() === 0;
const asRoot = isRoot ? it : it.skip;

beforeAll(() => Logger.overrideLogger(false));

async function acquire(directory: string): Promise<EmbeddedPostgres> {
  const server = await acquireEmbeddedPostgres(directory, { durable: false });
  closeAfterSpec(server.release);
  return server;
}

async function startUser(directory: string, ...flags: string[]): Promise<TestProcess> {
  const user = startScript(resolve(__dirname, '../../fixtures/embedded-user.ts'), [directory, ...flags]);
  await user.says('ready');
  return user;
}

async function query<T extends object>(address: SocketAddress, sql: string): Promise<T[]> {
  const client = new Client(address);
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end();
  }
}

function serverIn(base: string): number {
  const pid = readPostmaster(join(base, 'cluster'))?.pid;
  if (pid === undefined || !isServer(pid, base)) throw new Error(`No server in ${base}`);
  return pid;
}

function isServer(pid: number, base: string): boolean {
  return isServing(pid, join(base, 'cluster'));
}

async function untilDead(pid: number, base: string): Promise<void> {
  while (isServer(pid, base)) await sleep(5);
}

describe('the embedded server', () => {
  it('serves on a private socket only, and is gone after its release', async () => {
    const base = join(temporaryFolder(), 'postgres');
    const server = await acquire(base);
    const [settings] = await query<Record<string, string>>(
      server.address,
      `select current_setting('listen_addresses') as tcp, current_setting('fsync') as fsync,
              current_setting('server_version') as version`,
    );
    expect(settings).toEqual({ tcp: '', fsync: 'off', version: '18.4' });
    expect(statSync(base).mode & 0o777).toBe(0o700);
    const pid = serverIn(base);
    await server.release();
    await server.release();
    expect(isServer(pid, base)).toBe(false);
    expect(existsSync(join(base, 'cluster/postmaster.pid'))).toBe(false);
  });

  it('writes durably unless told otherwise, with room for several workers', async () => {
    const server = await acquireEmbeddedPostgres(temporaryFolder());
    const sql = `select current_setting('fsync') as fsync, current_setting('max_connections')::int as most`;
    expect(await query(server.address, sql)).toEqual([{ fsync: 'on', most: 200 }]);
    await server.release();
  });

  it('is shared by the processes on one folder and stops with the last of them', async () => {
    const base = temporaryFolder();
    const [first, second] = await Promise.all([startUser(base), startUser(base)]);
    const server = await acquire(base);
    const pid = serverIn(base);
    await Promise.all([first.signal('SIGTERM'), second.signal('SIGTERM')]);
    expect(await query(server.address, 'select 1 as one')).toEqual([{ one: 1 }]);
    const late = await startUser(base);
    await server.release();
    expect(isServer(pid, base)).toBe(true);
    await late.signal('SIGTERM');
    expect(isServer(pid, base)).toBe(false);
  });

  it('stops when its users leave at the same moment', async () => {
    const base = temporaryFolder();
    const users = await Promise.all(Array.from({ length: 3 }, () => startUser(base)));
    const own = await acquire(base);
    const pid = serverIn(base);
    await Promise.all([own.release(), ...users.map((user) => user.signal('SIGTERM'))]);
    expect(isServer(pid, base)).toBe(false);
  });

  it('survives the kill of the process that started it, and is adopted by the next', async () => {
    const base = temporaryFolder();
    const user = await startUser(base);
    const pid = serverIn(base);
    await user.signal('SIGKILL');
    expect(isServer(pid, base)).toBe(true);
    const heir = await startUser(base);
    expect(serverIn(base)).toBe(pid);
    expect(await heir.signal('SIGTERM')).toBe(0);
    expect(heir.output).toContain('released');
    expect(isServer(pid, base)).toBe(false);
  });

  it('stops with an app that is told to end while it boots', async () => {
    const base = temporaryFolder();
    const user = await startUser(base, '--deaf');
    const pid = serverIn(base);
    expect(await user.signal('SIGTERM')).toBe('SIGTERM');
    expect(isServer(pid, base)).toBe(false);
  });

  it('comes back with its data when it is killed itself, also under a running app', async () => {
    const base = temporaryFolder();
    const { address, release } = await acquireEmbeddedPostgres(base);
    closeAfterSpec(release);
    await query(address, 'create table kept as select 7 as answer');
    const pid = serverIn(base);
    process.kill(pid, 'SIGKILL');
    await untilDead(pid, base);
    const other = await acquire(base);
    expect(await query(other.address, 'select answer from kept')).toEqual([{ answer: 7 }]);
    await other.release();
    const risen = serverIn(base);
    await release();
    expect(isServer(risen, base)).toBe(false);
  });

  it('starts over a lock file whose process number now belongs to another process', async () => {
    const base = temporaryFolder();
    const user = await startUser(base);
    const lock = join(base, 'cluster/postmaster.pid');
    const [, ...rest] = readFileSync(lock, 'utf8').split('\n');
    await user.signal('SIGTERM');
    const { uid, gid } = statSync(base);
    const stranger = spawn('sleep', ['60'], { uid, gid });
    closeAfterSpec(async () => void stranger.kill());
    writeFileSync(lock, [stranger.pid, ...rest].join('\n'));
    const server = await acquire(base);
    expect(await query(server.address, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('has a neighbour with a folder of its own', async () => {
    const [one, other] = await Promise.all([acquire(temporaryFolder()), acquire(temporaryFolder())]);
    await query(one.address, 'create table mine (id int)');
    const [row] = await query<{ mine: unknown }>(other.address, `select to_regclass('mine') as mine`);
    expect(row).toEqual({ mine: null });
  });

  it('takes a short folder for the socket where the path is too long for one', async () => {
    const base = join(temporaryFolder(), 'deep'.repeat(40));
    const server = await acquire(base);
    expect(server.address.host.length).toBeLessThan(90);
    expect(statSync(server.address.host).mode & 0o777).toBe(0o700);
    expect(await query(server.address, 'select 1 as one')).toEqual([{ one: 1 }]);
    await server.release();
    expect(existsSync(server.address.host)).toBe(false);
  });

  it('refuses the data of another major version', async () => {
    const base = temporaryFolder();
    mkdirSync(join(base, 'cluster'));
    writeFileSync(join(base, 'cluster/PG_VERSION'), '17\n');
    await expect(acquire(base)).rejects.toThrow(/made by PostgreSQL 17, this is 18.*DATABASE_URL/s);
  });
});

describe('the embedded server of root', () => {
  function closedFolder(): string {
    const folder = temporaryFolder();
    chmodSync(folder, 0o700);
    return folder;
  }

  asRoot('runs as an ordinary account', async () => {
    const base = temporaryFolder();
    await acquire(base);
    expect(statSync(`/proc/${serverIn(base)}`).uid).not.toBe(0);
  });

  asRoot('keeps its data elsewhere, and says where, if the folder is closed to others', async () => {
    const folder = closedFolder();
    const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation();
    const server = await acquire(join(folder, 'data/postgres'));
    const { base } = placeFor(join(folder, 'data/postgres'));
    expect(base).not.toContain(folder);
    expect(warn).toHaveBeenCalledWith(expect.stringContaining(`lies in ${base} instead`));
    await query(server.address, 'create table kept as select 7 as answer');
    await server.release();
    const again = await acquire(join(folder, 'data/postgres'));
    expect(await query(again.address, 'select answer from kept')).toEqual([{ answer: 7 }]);
    await again.release();
    execFileSync('rm', ['-r', base]);
  });

  asRoot('copies its programs if they are closed to others', () => {
    const folder = closedFolder();
    const original = join(binariesFor(placeFor(temporaryFolder())).folder, '..');
    cpSync(original, join(folder, 'package'), { recursive: true, verbatimSymlinks: true });
    const place = placeFor(temporaryFolder());
    const { folder: programs } = binariesFor(place, join(folder, 'package'));
    expect(programs).toContain(place.base);
    const answer = execFileSync(join(programs, 'bin/postgres'), ['--version'], { ...place.account, cwd: '/' });
    expect(String(answer)).toContain('18.4');
  });
});
