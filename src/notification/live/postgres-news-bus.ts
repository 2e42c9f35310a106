import { randomUUID } from 'node:crypto';
import { Logger } from '@nestjs/common';
import { Client, type Pool } from 'pg';
import type { DataSource } from 'typeorm';
import { type Database, statement } from '../../infra/database/database';
import { NewsBus } from './news-bus';
import { accountsIn, messagesOf } from './news-message.rules';

const CHANNEL = 'guildhall_notification';
const NOTIFY = statement('news.notify', `select pg_notify('${CHANNEL}', $1)`);
const PAUSE_MS = 1_000;

/** By LISTEN, on a connection of its own, which is made when somebody listens; told over the pool. */
export class PostgresNewsBus extends NewsBus {
  private readonly logger = new Logger(PostgresNewsBus.name);
  private readonly sender = randomUUID();
  private client: Client | undefined;
  private retry: NodeJS.Timeout | undefined;
  private heard: (accountIds: readonly number[]) => void = () => {};
  private closed = false;
  connected = false;

  constructor(
    private readonly database: Database,
    private readonly dataSource: DataSource,
  ) {
    super();
  }

  async start(heard: (accountIds: readonly number[]) => void): Promise<void> {
    this.heard = heard;
    await this.connect();
  }

  async publish(accountIds: readonly number[]): Promise<void> {
    try {
      for (const message of messagesOf(this.sender, accountIds)) await this.database.execute(NOTIFY, [message]);
    } catch (error) {
      this.logger.warn(`news were not passed on: ${String(error)}`);
    }
  }

  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.retry);
    await this.client?.end().catch(() => undefined);
  }

  private async connect(): Promise<void> {
    const { options } = (this.dataSource.driver as unknown as { master: Pool }).master;
    const client = new Client({ ...options, keepAlive: true });
    this.client = client;
    client.on('error', () => this.lost(client));
    client.on('end', () => this.lost(client));
    client.on('notification', ({ payload = '' }) => this.heard(accountsIn(payload, this.sender)));
    try {
      await client.connect();
      await client.query(`listen ${CHANNEL}`);
      this.connected = true;
    } catch (error) {
      this.logger.warn(`news of other instances are asked for: ${String(error)}`);
      this.lost(client);
    }
  }

  private lost(client: Client): void {
    if (this.closed || this.client !== client) return;
    this.client = undefined;
    this.connected = false;
    client.end().catch(() => undefined);
    this.retry = setTimeout(() => void this.connect(), PAUSE_MS).unref();
  }
}
