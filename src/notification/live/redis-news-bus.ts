import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis, type RedisOptions } from 'ioredis';
import { NewsBus } from './news-bus';
import { accountsIn, messagesOf } from './news-message.rules';

const CHANNEL = 'guildhall:notification';
const PATIENCE_MS = 2_000;

const OPTIONS: RedisOptions = {
  lazyConnect: true,
  enableOfflineQueue: false,
  maxRetriesPerRequest: 0,
  connectTimeout: PATIENCE_MS,
  retryStrategy: (attempt) => Math.min(attempt * 200, 5_000),
};

/** By pub/sub. A connection that hears can't tell, so there are two; the one that hears is made when somebody listens. */
export class RedisNewsBus extends NewsBus {
  private readonly sender = randomUUID();
  private readonly teller: Redis;
  private readonly hearer: Redis;
  private reaching: Promise<void> | undefined;

  constructor(
    url: string,
    private readonly channel = CHANNEL,
  ) {
    super();
    this.teller = new Redis(url, { ...OPTIONS, commandTimeout: PATIENCE_MS });
    this.hearer = new Redis(url, OPTIONS);
    // Without a listener ioredis writes to the console.
    for (const redis of [this.teller, this.hearer]) redis.on('error', () => {});
  }

  get connected(): boolean {
    return this.hearer.status === 'ready';
  }

  async start(heard: (accountIds: readonly number[]) => void): Promise<void> {
    this.hearer.on('message', (_channel, message) => heard(accountsIn(message, this.sender)));
    // Also after a connection was lost, and where there is none yet.
    this.hearer.on('ready', () => void this.hearer.subscribe(this.channel).catch(() => undefined));
    await connected(this.hearer);
    if (this.connected) await this.hearer.subscribe(this.channel).catch(() => undefined);
  }

  async publish(accountIds: readonly number[]): Promise<void> {
    this.reaching ??= connected(this.teller);
    await this.reaching;
    try {
      if (this.teller.status !== 'ready') return;
      for (const message of messagesOf(this.sender, accountIds)) await this.teller.publish(this.channel, message);
    } catch {
      // The others ask the database.
    }
  }

  close(): Promise<void> {
    this.teller.disconnect();
    this.hearer.disconnect();
    return Promise.resolve();
  }
}

/** Resolves when it is, and when it won't be soon: a Redis may take the connection and then say nothing. */
async function connected(redis: Redis): Promise<void> {
  const late = new AbortController();
  await Promise.race([
    redis.connect().catch(() => undefined),
    sleep(PATIENCE_MS, undefined, { signal: late.signal, ref: false }).catch(() => undefined),
  ]);
  late.abort();
}
