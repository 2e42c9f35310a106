import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';
import { BenchClient } from '../client';
import { quantile } from '../figures';

export interface FanOut {
  readonly readers: number;
  readonly seconds: number;
  /** Of other requests meanwhile, in milliseconds; and of the same while nothing is told. */
  readonly meanwhile: Quantiles;
  readonly atRest: Quantiles;
}

interface Quantiles {
  readonly p50: number;
  readonly p99: number;
}

const REST_MS = 10_000;
const PAUSE_MS = 5;
const PATIENCE_MS = 300_000;

/** Publishes a post and waits until its last reader is told, while somebody reads lists one after the other. */
export async function measureFanOut(
  url: string,
  database: Client,
  creator: string,
  readers: readonly string[],
  expected: number,
): Promise<FanOut> {
  const client = new BenchClient(url);
  const ended = { rest: false, fanOut: false };
  const resting = keepReading(url, readers, () => ended.rest);
  await sleep(REST_MS);
  ended.rest = true;
  const atRest = quantilesOf(await resting);

  const reading = keepReading(url, readers, () => ended.fanOut);
  const body = { title: 'For all', teaser: '', body: 'Hello', visibility: 'public' };
  const startedAt = performance.now();
  const { id } = await client.post<{ id: number }>('/content/api/content/', body, 201, bearer(creator));
  await until(database, `post:${id}`, expected);
  const seconds = (performance.now() - startedAt) / 1000;
  ended.fanOut = true;
  return { readers: expected, seconds, atRest, meanwhile: quantilesOf(await reading) };
}

async function until(database: Client, factKey: string, expected: number): Promise<void> {
  const text = 'select count(*)::int as count from notification where fact_key = $1 and account_id > 0';
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const { rows } = await database.query<{ count: number }>({ name: 'told', text, values: [factKey] });
    if (rows[0]?.count === expected) return;
    if (performance.now() > deadline) throw new Error(`Only ${rows[0]?.count} of ${expected} were told`);
    await sleep(200);
  }
}

async function keepReading(url: string, tokens: readonly string[], isOver: () => boolean): Promise<number[]> {
  const client = new BenchClient(url);
  const times: number[] = [];
  for (let turn = 0; !isOver(); turn += 1) {
    const startedAt = performance.now();
    await client.get('/feed/api/notifications/?max=10', bearer(tokens[turn % tokens.length] ?? ''));
    times.push(performance.now() - startedAt);
    await sleep(PAUSE_MS);
  }
  return times;
}

export function bearer(token: string): Record<string, string> {
  return { authorization: `Bearer ${token}` };
}

function quantilesOf(times: number[]): Quantiles {
  return { p50: quantile(times, 0.5), p99: quantile(times, 0.99) };
}
