import { Injectable } from '@nestjs/common';
import { storable } from '../../common/storable';
import type { JsonObject } from '../outbox/fact';
import { Database, statement } from '../database/database';
import type { SignedCall } from './signed-call';

const COLUMNS = `source, event_key, verdict, fault, status, secret_id, signed_at, headers, body, body_size, terms, effect,
  receipts, received_at, last_received_at, attempts`;

// A repeat is counted on the row of the first, whose effect stays unless this one had another.
const KEEP = statement(
  'inbox.keep',
  `insert into webhook_delivery (${COLUMNS})
   values ($1, $2, 'accepted', null, $3, $4, $5, $6, $7, $8, $9, $10, 1, $11, $11, 1)
   on conflict (source, event_key) do update set
     receipts = webhook_delivery.receipts + 1,
     attempts = webhook_delivery.attempts + 1,
     last_received_at = excluded.last_received_at,
     secret_id = excluded.secret_id,
     signed_at = excluded.signed_at,
     effect = case when $12::boolean or webhook_delivery.status <> excluded.status
                   then excluded.effect else webhook_delivery.effect end,
     status = excluded.status`,
  `insert into webhook_delivery (${COLUMNS})
   values ($1, $2, 'accepted', null, $3, $4, $5, $6, $7, $8, $9, $10, 1, $11, $11, 1)
   on duplicate key update
     receipts = receipts + 1,
     attempts = attempts + 1,
     last_received_at = values(last_received_at),
     secret_id = values(secret_id),
     signed_at = values(signed_at),
     effect = if($12 or status <> values(status), values(effect), effect),
     status = values(status)`,
);

const REJECT = statement(
  'inbox.reject',
  `insert into webhook_delivery (${COLUMNS})
   values ($1, null, 'rejected', $2, $3, null, null, $4, $5, $6, $7, null, 1, $8, $8, 0)`,
);

const OLDEST_TO_KEEP = statement(
  'inbox.oldest-rejected-to-keep',
  `select id from webhook_delivery where source = $1 and verdict = 'rejected' order by id desc limit 1 offset $2`,
);

const TRIM = statement(
  'inbox.trim-rejected',
  `delete from webhook_delivery where source = $1 and verdict = 'rejected' and id < $2`,
);

const ANSWERED = statement('inbox.answered', 'update webhook_delivery set status = $2, effect = $3 where id = $1');

const COUNT_ATTEMPT = statement(
  'inbox.count-attempt',
  'update webhook_delivery set attempts = attempts + 1 where id = $1',
);

const ADD_RUN = statement(
  'inbox.add-run',
  'insert into webhook_delivery_run (delivery_id, actor_id, status, effect, ran_at) values ($1, $2, $3, $4, $5)',
);

const EXPIRED = statement(
  'inbox.expired',
  'select id from webhook_delivery where received_at < $1 order by received_at limit $2',
);

const REMOVE = statement('inbox.remove', 'delete from webhook_delivery where id = any($1)');

export interface Answered {
  readonly status: number;
  readonly effect: JsonObject;
}

export interface Rejection {
  readonly source: string;
  readonly fault: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** What is kept of the body, and how long it was. */
  readonly body: Buffer;
  readonly bodySize: number;
  readonly terms: string;
}

@Injectable()
export class InboxRepository {
  constructor(private readonly database: Database) {}

  /** Stores an accepted call, or counts it as a repeat. `changed`: its effect is worth more than the one stored. */
  async keep(call: SignedCall, answered: Answered, changed: boolean, now: Date): Promise<void> {
    await this.database.execute(KEEP, [
      call.source,
      call.eventKey,
      answered.status,
      call.secretId,
      call.signedAt,
      call.headers,
      call.body,
      call.body.length,
      searchable(call.terms),
      answered.effect,
      now,
      changed,
    ]);
  }

  async reject(rejection: Rejection, now: Date): Promise<void> {
    const { source, fault, status, headers, body, bodySize, terms } = rejection;
    await this.database.execute(REJECT, [source, fault, status, headers, body, bodySize, terms, now]);
  }

  /** Deletes the rejected calls of a source but for the newest `keep`. */
  async trimRejected(source: string, keep: number): Promise<void> {
    const oldest = await this.database.first<{ id: number }>(OLDEST_TO_KEEP, [source, keep - 1]);
    if (oldest !== undefined) await this.database.execute(TRIM, [source, oldest.id]);
  }

  async addRun(deliveryId: number, actorId: number, answered: Answered, now: Date): Promise<void> {
    await this.database.execute(ADD_RUN, [deliveryId, actorId, answered.status, answered.effect, now]);
  }

  /** A worker that is at it has no say from here on. */
  async countAttempt(deliveryId: number): Promise<void> {
    await this.database.execute(COUNT_ATTEMPT, [deliveryId]);
  }

  async setAnswered(deliveryId: number, answered: Answered): Promise<void> {
    await this.database.execute(ANSWERED, [deliveryId, answered.status, answered.effect]);
  }

  /** Deletes at most `limit` deliveries that arrived before `before`; gives how many. */
  async removeExpired(before: Date, limit: number): Promise<number> {
    const expired = await this.database.rows<{ id: number }>(EXPIRED, [before, limit]);
    const ids = expired.map(({ id }) => id).sort((a, b) => a - b);
    return ids.length === 0 ? 0 : (await this.database.execute(REMOVE, [ids])).affected;
  }
}

const LONGEST_TERMS = 32_768;

/** Terms as one text to look into: lower case, without what PostgreSQL's text can't hold. */
export function searchable(terms: readonly string[], longest = LONGEST_TERMS): string {
  return storable(terms.join('\n').slice(0, longest).toLowerCase());
}
