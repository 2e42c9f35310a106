import { Client } from 'pg';
import { PORT } from './postmaster';
import { SUPERUSER } from './cluster';

/** Every process that uses the server holds this lock, shared; whoever stops it holds it alone. */
const LOCK = 0x6c65617365;
const CONNECT_TIMEOUT_MS = 5_000;

/** Starting up, shutting down, ended by the administrator: the server was or will be there. */
const IN_TRANSITION = new Set(['57P01', '57P02', '57P03']);

export type Attempt = { readonly lease: Lease } | 'absent' | 'in-transition';

/**
 * A session that lasts as long as its process uses the server. It ends with the process, however that ends: so who is
 * left is always known, and the last one to leave stops the server.
 */
export class Lease {
  private lost: (() => void) | undefined;

  private constructor(private readonly client: Client) {}

  static async take(socketFolder: string): Promise<Attempt> {
    const client = new Client({
      host: socketFolder,
      port: PORT,
      user: SUPERUSER,
      database: 'postgres',
      application_name: 'guildhall-lease',
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query('select pg_advisory_lock_shared($1)', [LOCK]);
      return { lease: new Lease(client) };
    } catch (error) {
      await client.end().catch(() => undefined);
      const state = stateFor(error);
      if (state === undefined) throw error;
      return state;
    }
  }

  /** Calls back when the server ends the session: it crashed, or somebody has stopped it. */
  onLost(callback: () => void): void {
    this.lost = callback;
    this.client.once('end', callback);
  }

  async ensureDatabase(name: string): Promise<void> {
    const { rowCount } = await this.client.query('select 1 from pg_database where datname = $1', [name]);
    if (rowCount) return;
    try {
      await this.client.query(`create database "${name}"`);
    } catch (error) {
      if (!['42P04', '23505'].includes((error as { code?: string }).code ?? '')) throw error;
    }
  }

  /**
   * Ends the session; the last to leave stops the server while holding the lock alone, so that whoever comes at that
   * moment waits and then starts anew.
   */
  async giveUp(stop: () => Promise<void>): Promise<void> {
    if (this.lost) this.client.removeListener('end', this.lost);
    try {
      await this.client.query('select pg_advisory_unlock_shared($1)', [LOCK]);
      const { rows } = await this.client.query<{ alone: boolean }>('select pg_try_advisory_lock($1) as alone', [LOCK]);
      if (rows[0]?.alone) await stop();
    } catch (error) {
      // Nothing is left to be given up where the server has gone already.
      if (stateFor(error) === undefined) throw error;
    } finally {
      await this.client.end().catch(() => undefined);
    }
  }
}

/** Undefined: neither is it absent nor on its way up or down, so that the error needs to be told. */
function stateFor(error: unknown): 'absent' | 'in-transition' | undefined {
  const { code, message } = error as { code?: string; message?: string };
  if (code === 'ENOENT' || code === 'ECONNREFUSED') return 'absent';
  if (IN_TRANSITION.has(code ?? '') || code === 'ECONNRESET') return 'in-transition';
  return /terminated|closed|connection error/i.test(message ?? '') ? 'in-transition' : undefined;
}
