import type { ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { SocketAddress } from '../data-source-options';
import { type Binaries, binariesFor } from './binaries';
import { ensureCluster, SUPERUSER } from './cluster';
import { EmbeddedPostgresError } from './embedded-postgres.error';
import { Lease } from './lease';
import { type Place, placeFor } from './place';
import {
  disownStaleLock,
  isAlive,
  isServing,
  PORT,
  type Postmaster,
  readPostmaster,
  startPostmaster,
  stopPostmaster,
} from './postmaster';
import { SignalGuard } from './signal-guard';
import { removeSocketFolder, socketFolderFor } from './socket-folder';

const DATABASE = 'guildhall';
const PATIENCE_MS = 60_000;
const POLL_MS = 10;
const MOST_STARTS = 3;

export interface EmbeddedPostgres {
  readonly address: SocketAddress;
  /** Where its data lies: `directory`, unless that is closed to the server's account. */
  readonly base: string;
  /** Leaves the server; the last process to leave one stops it. May be called again. */
  readonly release: () => Promise<void>;
}

export interface EmbeddedOptions {
  readonly durable?: boolean;
}

const logger = new Logger('EmbeddedPostgres');
const held = new Set<EmbeddedServer>();
const guard = new SignalGuard(releaseEmbeddedServers);

/**
 * The PostgreSQL server of `@embedded-postgres/*` with its data in `directory`: started, or shared with the processes
 * that use it already, or adopted where a killed process has left it behind. Reached by a unix socket only.
 */
export async function acquireEmbeddedPostgres(
  directory: string,
  options: EmbeddedOptions = {},
): Promise<EmbeddedPostgres> {
  const place = placeFor(directory);
  const server = new EmbeddedServer(place, binariesFor(place), options.durable ?? true);
  held.add(server);
  guard.install();
  try {
    await server.acquire();
  } catch (error) {
    await server.release();
    throw error;
  }
  return { address: server.address, base: place.base, release: () => server.release() };
}

/** For a process that ends before its app could be closed: a failed boot must leave no server behind. */
export async function releaseEmbeddedServers(): Promise<void> {
  await Promise.all([...held].map((server) => server.release()));
}

class EmbeddedServer {
  private lease: Lease | undefined;
  private underway: Promise<void> | undefined;
  private leaving: Promise<void> | undefined;
  private socketFolder: string;

  constructor(
    private readonly place: Place,
    private readonly binaries: Binaries,
    private readonly durable: boolean,
  ) {
    this.socketFolder = socketFolderFor(place);
  }

  get address(): SocketAddress {
    return { kind: 'socket', host: this.socketFolder, port: PORT, user: SUPERUSER, database: DATABASE };
  }

  acquire(): Promise<void> {
    this.underway = this.take();
    return this.underway;
  }

  release(): Promise<void> {
    this.leaving ??= this.leave();
    return this.leaving;
  }

  private async leave(): Promise<void> {
    await this.underway?.catch(() => undefined);
    await this.lease?.giveUp(() => this.stop());
    held.delete(this);
    if (held.size === 0) guard.remove();
  }

  /** Repeatable: it also brings back a server that was lost. */
  private async take(): Promise<void> {
    await ensureCluster(this.place, this.binaries);
    this.lease = await this.reach();
    this.lease.onLost(() => void this.recover());
    await this.lease.ensureDatabase(DATABASE);
  }

  /** A server that crashed is started again; one that restarted by itself has to learn of us anew. */
  private async recover(): Promise<void> {
    if (this.leaving) return;
    logger.error(`The session with the server was lost; the server's log is ${this.place.log}`);
    try {
      await this.acquire();
    } catch (error) {
      logger.error('The embedded PostgreSQL did not come back', error instanceof Error ? error.stack : String(error));
    }
  }

  private async reach(): Promise<Lease> {
    const deadline = performance.now() + PATIENCE_MS;
    const starts: Start[] = [];
    for (;;) {
      const running = readPostmaster(this.place.cluster);
      const folder = running?.socketFolder || this.socketFolder;
      const attempt = await Lease.take(folder);
      if (typeof attempt === 'object') {
        this.socketFolder = folder;
        this.report(starts.length === 0);
        return attempt.lease;
      }
      const occupied = running !== undefined && isServing(running.pid, this.place.cluster);
      if (performance.now() > deadline)
        throw this.failure(occupied ? `process ${running.pid} does not answer` : 'no answer');
      if (attempt === 'absent' && !occupied && starts.at(-1)?.alive !== true) starts.push(this.start(running, starts));
      await sleep(POLL_MS);
    }
  }

  private start(last: Postmaster | undefined, earlier: readonly Start[]): Start {
    if (earlier.length === MOST_STARTS) throw this.failure(earlier.at(-1)?.error?.message ?? 'it ended at once');
    if (last && isAlive(last.pid)) disownStaleLock(this.place.cluster, last);
    this.socketFolder = socketFolderFor(this.place);
    return new Start(
      startPostmaster(this.place, this.binaries, { socketFolder: this.socketFolder, durable: this.durable }),
    );
  }

  private async stop(): Promise<void> {
    const running = readPostmaster(this.place.cluster);
    if (running === undefined) return;
    await stopPostmaster(this.place.cluster, running.pid);
    removeSocketFolder(this.socketFolder, this.place.base);
    logger.log('PostgreSQL has stopped');
  }

  private report(found: boolean): void {
    const { base, insteadOf, account } = this.place;
    const { folder } = this.binaries;
    if (insteadOf) logger.warn(`uid ${account?.uid} can't enter ${insteadOf}: the database lies in ${base} instead`);
    if (folder.startsWith(base)) logger.log(`Its programs can't be used where npm put them: ${folder} holds a copy`);
    logger.log(`PostgreSQL ${this.binaries.version} ${found ? 'was running already' : 'has started'} in ${base}`);
  }

  private failure(reason: string): EmbeddedPostgresError {
    const log = existsSync(this.place.log) ? readFileSync(this.place.log, 'utf8').slice(-2_000).trim() : '';
    return new EmbeddedPostgresError(`${reason} (${this.place.log}: ${log}).`);
  }
}

/** A server process that we have started. */
class Start {
  error: Error | undefined;

  constructor(private readonly child: ChildProcess) {
    child.once('error', (error) => (this.error = error));
  }

  get alive(): boolean {
    return this.error === undefined && this.child.exitCode === null && this.child.signalCode === null;
  }
}
