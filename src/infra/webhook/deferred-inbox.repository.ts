import { Injectable } from '@nestjs/common';
import { Database, statement } from '../database/database';
import type { SignedCall } from './signed-call';
import { searchable } from './inbox.repository';

const COLUMNS = `source, event_key, verdict, status, secret_id, signed_at, headers, body, body_size, terms, receipts,
  received_at, last_received_at, state, attempts, tries, due_at`;
const VALUES = `$1, $2, 'accepted', 200, $3, $4, $5, $6, $7, $8, 1, $9, $9, 'pending', 0, 0, $9`;

// A repeat is counted on the row of the first.
const ACCEPT = statement(
  'inbox.accept',
  `insert into webhook_delivery (${COLUMNS}) values (${VALUES})
   on conflict (source, event_key) do update set
     receipts = webhook_delivery.receipts + 1,
     last_received_at = excluded.last_received_at,
     secret_id = excluded.secret_id,
     signed_at = excluded.signed_at
   returning receipts`,
  `insert into webhook_delivery (${COLUMNS}) values (${VALUES})
   on duplicate key update
     receipts = receipts + 1,
     last_received_at = values(last_received_at),
     secret_id = values(secret_id),
     signed_at = values(signed_at)`,
);

const ACCEPT_ALL = statement(
  'inbox.accept-all',
  `insert into webhook_delivery (${COLUMNS})
   select source, event_key, 'accepted', 200, secret_id, signed_at, headers, decode(body, 'base64'), body_size, terms,
          receipts, $2, $2, 'pending', 0, 0, $2
     from json_to_recordset($1::json) as call(source text, event_key text, secret_id text, signed_at timestamptz,
            headers jsonb, body text, body_size int, terms text, receipts int)
    order by source, event_key
   on conflict (source, event_key) do update set
     receipts = webhook_delivery.receipts + excluded.receipts,
     last_received_at = excluded.last_received_at,
     secret_id = excluded.secret_id,
     signed_at = excluded.signed_at
   returning source, event_key as "eventKey", receipts`,
);

/** It stops counting where more would not matter. */
const COUNT_PENDING = statement(
  'inbox.count-pending',
  `select count(*) as pending
     from (select 1 as one from webhook_delivery where state = 'pending' limit $1) waiting`,
);

const REQUEUE = statement(
  'inbox.requeue',
  `update webhook_delivery set state = 'again', tries = 0, due_at = $2, requeued_by = $3
    where id = any($1) and state in ('done', 'dead')`,
);

const IN_WINDOW = `verdict = 'accepted' and source = any($1) and received_at >= $2 and received_at < $3`;

const COUNT_WINDOW = statement(
  'inbox.count-window',
  `select count(*) as matched from webhook_delivery where ${IN_WINDOW}`,
);

const WINDOW = statement(
  'inbox.window',
  `select id, source, body from webhook_delivery where ${IN_WINDOW} and id > $4 order by id limit $5`,
);

const WINDOW_IDS = statement(
  'inbox.window-ids',
  `select id from webhook_delivery where ${IN_WINDOW} and id > $4 order by id limit $5`,
);

export interface DeliveryWindow {
  readonly sources: readonly string[];
  /** When they arrived first. */
  readonly from: Date;
  /** Before this instant. */
  readonly to: Date;
}

export interface WindowDelivery {
  readonly id: number;
  readonly source: string;
  readonly body: Buffer;
}

interface Received extends Pick<SignedCall, 'source' | 'eventKey'> {
  readonly receipts: number;
}

/** The calls that are answered first and processed later. */
@Injectable()
export class DeferredInboxRepository {
  constructor(private readonly database: Database) {}

  /** One statement: the call is kept, for the worker, or counted as a repeat. Whether it is new. */
  async accept(call: SignedCall, now: Date): Promise<boolean> {
    const { source, eventKey, secretId, signedAt, headers, body, terms } = call;
    const values = [source, eventKey, secretId, signedAt, headers, body, body.length, searchable(terms), now];
    if (this.database.dialect === 'postgres') {
      return (await this.database.first<{ receipts: number }>(ACCEPT, values))?.receipts === 1;
    }
    // MySQL counts a row that was there before as two.
    return (await this.database.execute(ACCEPT, values)).affected === 1;
  }

  /** As `accept` for each of them: in one statement on PostgreSQL, all or none. */
  async acceptAll(calls: readonly SignedCall[], now: Date): Promise<boolean[]> {
    const [only, ...others] = calls;
    if (only !== undefined && others.length === 0) return [await this.accept(only, now)];
    if (this.database.dialect === 'mysql') return Promise.all(calls.map((call) => this.accept(call, now)));
    const firsts = new Map<string, { readonly call: SignedCall; receipts: number }>();
    for (const call of calls) {
      const first = firsts.get(keyOf(call));
      if (first === undefined) firsts.set(keyOf(call), { call, receipts: 1 });
      else first.receipts += 1;
    }
    const records = [...firsts.values()].map(({ call, receipts }) => ({ ...recordOf(call), receipts }));
    const rows = await this.database.rows<Received>(ACCEPT_ALL, [JSON.stringify(records), now]);
    const received = new Map(rows.map((row) => [keyOf(row), row.receipts]));
    return calls.map((call) => {
      const first = firsts.get(keyOf(call));
      return first?.call === call && received.get(keyOf(call)) === first.receipts;
    });
  }

  /** How many wait, `atMost` or fewer; those queued again by an administrator are not among them. */
  async countPending(atMost: number): Promise<number> {
    return (await this.database.first<{ pending: number }>(COUNT_PENDING, [atMost]))?.pending ?? 0;
  }

  async countIn(window: DeliveryWindow): Promise<number> {
    return (await this.database.first<{ matched: number }>(COUNT_WINDOW, valuesOf(window)))?.matched ?? 0;
  }

  /** By id, those behind `after`. */
  deliveriesIn(window: DeliveryWindow, after: number, limit: number): Promise<WindowDelivery[]> {
    return this.database.rows<WindowDelivery>(WINDOW, [...valuesOf(window), after, limit]);
  }

  /** By id, those behind `after`. */
  async idsIn(window: DeliveryWindow, after: number, limit: number): Promise<number[]> {
    const rows = await this.database.rows<{ id: number }>(WINDOW_IDS, [...valuesOf(window), after, limit]);
    return rows.map(({ id }) => id);
  }

  /** Gives how many of them were not waiting already. */
  async requeue(ids: readonly number[], actorId: number, now: Date): Promise<number> {
    return ids.length === 0 ? 0 : (await this.database.execute(REQUEUE, [ids, now, actorId])).affected;
  }
}

function keyOf({ source, eventKey }: Pick<SignedCall, 'source' | 'eventKey'>): string {
  return `${source} ${eventKey}`;
}

/** As `ACCEPT_ALL` reads it. */
function recordOf({ source, eventKey, secretId, signedAt, headers, body, terms }: SignedCall): object {
  return {
    source,
    event_key: eventKey,
    secret_id: secretId,
    signed_at: signedAt,
    headers,
    body: body.toString('base64'),
    body_size: body.length,
    terms: searchable(terms),
  };
}

function valuesOf({ sources, from, to }: DeliveryWindow): unknown[] {
  return [sources, from, to];
}
