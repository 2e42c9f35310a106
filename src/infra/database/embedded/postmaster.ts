import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import {
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Binaries } from './binaries';
import type { Place } from './place';

export const PORT = 5432;
const FAST_STOP_MS = 60_000;
const POLL_MS = 10;

export const serverEnvironment = { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };

export interface Postmaster {
  readonly pid: number;
  readonly socketFolder: string;
}

/** What the running (or killed) server has written about itself. */
export function readPostmaster(cluster: string): Postmaster | undefined {
  const file = join(cluster, 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  const [pid, , , , socketFolder] = readFileSync(file, 'utf8').split('\n');
  return { pid: Number(pid), socketFolder: socketFolder ?? '' };
}

export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** True for a live server of this very cluster: after a reboot, or in a new container, its number may be another's. */
export function isServing(pid: number, cluster: string): boolean {
  if (!isAlive(pid)) return false;
  try {
    if (existsSync('/proc/self/cwd')) return readlinkSync(`/proc/${pid}/cwd`) === cluster;
    return execFileSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' }).includes(cluster);
  } catch {
    return false;
  }
}

/**
 * A lock file whose process number is now somebody else's would keep the server from starting. The number of its parent
 * to be is one that PostgreSQL takes for stale, while it still checks that no process uses the old shared memory.
 */
export function disownStaleLock(cluster: string, stale: Postmaster): void {
  const file = join(cluster, 'postmaster.pid');
  rmSync(join(stale.socketFolder, `.s.PGSQL.${PORT}.lock`), { force: true });
  const text = readFileSync(file, 'utf8');
  if (text.startsWith(`${stale.pid}\n`)) writeFileSync(file, text.replace(/^\d+/, String(process.pid)));
}

export interface StartOptions {
  readonly socketFolder: string;
  /** False: a crash of the machine may lose everything. For throw-away servers of tests. */
  readonly durable: boolean;
}

/**
 * Detached, so that Ctrl-C ends the app first and not the server under it. Errors of statements are the app's to report:
 * the server's own log would repeat values that may be personal.
 */
export function startPostmaster(place: Place, binaries: Binaries, options: StartOptions): ChildProcess {
  const settings = [
    'listen_addresses=',
    `unix_socket_directories=${options.socketFolder}`,
    'unix_socket_permissions=0700',
    `port=${PORT}`,
    'max_connections=200',
    'shared_buffers=128MB',
    'jit=off',
    'timezone=UTC',
    'log_min_messages=log',
    ...(options.durable ? [] : ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']),
  ];
  if (existsSync(place.log)) renameSync(place.log, `${place.log}.1`);
  const log = openSync(place.log, 'w', 0o600);
  try {
    const child = spawn(
      join(binaries.folder, 'bin/postgres'),
      ['-D', place.cluster, ...settings.flatMap((setting) => ['-c', setting])],
      { ...place.account, cwd: '/', env: serverEnvironment, detached: true, stdio: ['ignore', log, log] },
    );
    child.unref();
    return child;
  } finally {
    closeSync(log);
  }
}

/** Ends every session and writes everything down; resolves when the server is gone. */
export async function stopPostmaster(cluster: string, pid: number): Promise<void> {
  signal(pid, 'SIGINT');
  if (await gone(cluster, pid, FAST_STOP_MS)) return;
  // Nothing is lost by it: the next start replays the write-ahead log.
  signal(pid, 'SIGQUIT');
  await gone(cluster, pid, FAST_STOP_MS);
}

/** Not when its lock file goes: on a busy machine the process outlives that by a moment. */
async function gone(cluster: string, pid: number, patienceMs: number): Promise<boolean> {
  const deadline = performance.now() + patienceMs;
  while (performance.now() < deadline) {
    if (!isServing(pid, cluster)) return true;
    await sleep(POLL_MS);
  }
  return false;
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
