import { setTimeout as sleep } from 'node:timers/promises';
import autocannon from 'autocannon';
import type { Client } from 'pg';
import { type Effort, quantile } from '../figures';
import type { Deliveries } from './deliveries';

export interface Settlement {
  readonly sentPerSecond: number;
  /** While they were sent. */
  readonly appliedPerSecond: number;
  /** Of the acknowledgement, in milliseconds. */
  readonly acknowledged: Quantiles;
  /** From the acknowledgement until the worker had applied it, in milliseconds; as seen by looking every hundredth of a second. */
  readonly applied: Quantiles;
  /** Acknowledged and not applied, when the last one was sent. */
  readonly backlog: number;
  /** After the last one was sent, until all were applied and every fact of them delivered. */
  readonly secondsToRest: number;
}

interface Quantiles {
  readonly p50: number;
  readonly p99: number;
}

const EVERY_MS = 10;
/** A look costs the database something too. */
const SHARE_OF_LOOKING = 0.2;
const MOST_LOOKED_AT = 1000;
const PATIENCE_MS = 300_000;

const DONE = `select event_key as "eventId" from webhook_delivery
  where source = 'razorpay' and event_key = any($1) and state = 'done'`;

/** Sends `perSecond` events a second for a while, and waits until the last of them is applied. */
export async function measureSettlement(
  url: string,
  deliveries: Deliveries,
  database: Client,
  { perSecond, seconds, connections }: Effort & { readonly perSecond: number },
): Promise<Settlement> {
  const waiting = new Map<string, number>();
  const applied: number[] = [];
  const look = async (): Promise<void> => {
    const eventIds = [...waiting.keys()].slice(0, MOST_LOOKED_AT);
    const { rows } = await database.query<{ eventId: string }>({ name: 'done', text: DONE, values: [eventIds] });
    for (const { eventId } of rows) {
      applied.push(performance.now() - (waiting.get(eventId) ?? Number.NaN));
      waiting.delete(eventId);
    }
  };
  let ended = false;
  const looking = keepLooking(look, () => ended && waiting.size === 0);

  const plan = deliveries.fresh(url, (eventId) => waiting.set(eventId, performance.now()));
  const times: number[] = [];
  const load = autocannon({ url, connections, duration: seconds, requests: [plan], overallRate: perSecond });
  load.on('response', (_client, _status, _bytes, milliseconds) => times.push(milliseconds));
  const { requests, non2xx, errors, duration } = await load;
  if (non2xx + errors > 0) throw new Error(`settlement: ${non2xx} answers were none of 200, ${errors} errors`);
  const atTheEnd = { backlog: waiting.size, applied: applied.length };
  const endedAt = performance.now();
  ended = true;
  await looking;
  while ((await deliveries.open()) > 0) await sleep(EVERY_MS);
  return {
    sentPerSecond: requests.total / duration,
    appliedPerSecond: atTheEnd.applied / duration,
    acknowledged: quantilesOf(times),
    applied: quantilesOf(applied),
    backlog: atTheEnd.backlog,
    secondsToRest: (performance.now() - endedAt) / 1000,
  };
}

async function keepLooking(look: () => Promise<void>, isOver: () => boolean): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  while (!isOver()) {
    if (performance.now() > deadline) throw new Error('settlement: what was acknowledged is not applied');
    const started = performance.now();
    await look();
    await sleep(Math.max(EVERY_MS, (performance.now() - started) / SHARE_OF_LOOKING));
  }
}

function quantilesOf(times: number[]): Quantiles {
  return { p50: quantile(times, 0.5), p99: quantile(times, 0.99) };
}
