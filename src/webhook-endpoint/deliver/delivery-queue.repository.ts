import { Injectable } from '@nestjs/common';
import { Database, statement } from '../../infra/database/database';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import type { CalledEndpoint } from './endpoint.caller';
import { MOST_FAILED, paceOf, PROBE_PAUSE_MS } from './failing.rules';

/** An endpoint in a worker's hands. */
export interface Turn extends CalledEndpoint {
  readonly id: number;
  readonly turns: number;
  readonly failedDeliveries: number;
}

export interface DueDelivery {
  readonly id: number;
  readonly messageId: string;
  readonly body: string;
  readonly attempts: number;
  readonly tries: number;
}

interface Held {
  readonly disabledAt: Date | null;
  readonly failedDeliveries: number;
}

export interface NewMessage {
  readonly messageId: string;
  readonly type: string;
  readonly body: string;
  /** Whom it names. */
  readonly personId: number | null;
}

// Who may not read here what happens to them hears of it nowhere else: an account that is disabled, or was closed a moment ago.
const IS_ACTIVE = '(select a.is_active from account a where a.id = account_id)';
const HOLD_ENABLED = statement(
  'endpoint-queue.hold-enabled',
  `select id from webhook_endpoint where id = any($1) and disabled_at is null and ${IS_ACTIVE}
    order by id for no key update`,
);
const NEW = `(endpoint_id, message_id, type, body, person_id, status, run_at, attempts, tries, created_at)
   values ($1, $2, $3, $4, $5, 'pending', $6, 0, 0, $6)`;
const ADD = statement(
  'endpoint-queue.add',
  `insert into endpoint_delivery ${NEW} on conflict (endpoint_id, message_id) do nothing`,
  `insert ignore into endpoint_delivery ${NEW}`,
);
// $3 is later than $2: where nothing arrives for long, it is the earliest.
const MAKE_DUE = statement(
  'endpoint-queue.make-due',
  `update webhook_endpoint
      set due_at = case when failed_deliveries < ${MOST_FAILED} then $2::timestamptz else $3::timestamptz end
    where id = any($1) and disabled_at is null
      and (due_at is null or due_at > $3 or (due_at > $2 and failed_deliveries < ${MOST_FAILED}))`,
);

// Who was served last is served last: one with a long queue does not keep others waiting.
const DUE = statement(
  'endpoint-queue.due',
  `select id, account_id as "accountId", url, sealed, turns, failed_deliveries as "failedDeliveries"
    from webhook_endpoint
    where due_at <= $1 and leased_until <= $1 and ${IS_ACTIVE} order by due_at limit $2 for update skip locked`,
);
const LEASE = statement(
  'endpoint-queue.lease',
  'update webhook_endpoint set leased_until = $2, turns = turns + 1 where id = $1',
);
const EXTEND = statement(
  'endpoint-queue.extend',
  'update webhook_endpoint set leased_until = $3 where id = $1 and turns = $2',
);

const DELIVERIES = statement(
  'endpoint-queue.deliveries',
  `select id, message_id as "messageId", body, attempts, tries from endpoint_delivery
    where endpoint_id = $1 and status = 'pending' and run_at <= $2 order by run_at, id limit $3`,
);
const POSTPONE = statement(
  'endpoint-queue.postpone',
  `update endpoint_delivery set run_at = $3 where id = $1 and attempts = $2 and status = 'pending'`,
);
const NEXT = statement(
  'endpoint-queue.next',
  `select min(run_at) as "runAt" from endpoint_delivery where endpoint_id = $1 and status = 'pending'`,
);
const HOLD = statement(
  'endpoint-queue.hold',
  `select disabled_at as "disabledAt", failed_deliveries as "failedDeliveries"
    from webhook_endpoint where id = $1 for no key update`,
);
const REST = statement(
  'endpoint-queue.rest',
  'update webhook_endpoint set due_at = $3, leased_until = $4 where id = $1 and turns = $2',
);

/** Endpoints with something to be sent: the queue is theirs, so that one of them is in one worker's hands at a time. */
@Injectable()
export class DeliveryQueueRepository {
  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Which of them are enabled, until the transaction ends. */
  async holdEnabled(ids: readonly number[]): Promise<number[]> {
    return (await this.database.rows<{ id: number }>(HOLD_ENABLED, [ids])).map(({ id }) => id);
  }

  /** Inside the transaction that holds the endpoints. Those that have the message keep it as it is. */
  async add(endpointIds: readonly number[], message: NewMessage, now: Date): Promise<void> {
    const { messageId, type, body, personId } = message;
    for (const id of endpointIds) await this.database.execute(ADD, [id, messageId, type, body, personId, now]);
  }

  /** At once, unless nothing has arrived there for long. */
  async makeDue(endpointIds: readonly number[], now: Date): Promise<void> {
    await this.database.execute(MAKE_DUE, [endpointIds, now, after(now, PROBE_PAUSE_MS)]);
  }

  /** Takes at most `limit` endpoints that are due and in nobody's hands. */
  claim(now: Date, leaseUntil: Date, limit: number): Promise<Turn[]> {
    return this.unitOfWork.run(async () => {
      const due = await this.database.rows<Turn>(DUE, [now, limit]);
      for (const { id } of due) await this.database.execute(LEASE, [id, leaseUntil]);
      return due.map((turn) => ({ ...turn, turns: turn.turns + 1 }));
    });
  }

  async extend({ id, turns }: Turn, leaseUntil: Date): Promise<void> {
    await this.database.execute(EXTEND, [id, turns, leaseUntil]);
  }

  deliveries({ id }: Turn, now: Date, limit: number): Promise<DueDelivery[]> {
    return this.database.rows<DueDelivery>(DELIVERIES, [id, now, limit]);
  }

  /** Nothing where another worker has written of it since it was read. */
  async postpone({ id, attempts }: DueDelivery, runAt: Date): Promise<void> {
    await this.database.execute(POSTPONE, [id, attempts, runAt]);
  }

  /** Gives the endpoint back, and says when it is due again: undefined where nothing waits. */
  rest({ id, turns }: Turn, now: Date): Promise<Date | undefined> {
    return this.unitOfWork.run(async () => {
      // Held first: what is added at this moment is seen here, or makes it due afterwards.
      const held = await this.database.first<Held>(HOLD, [id]);
      if (held === undefined) return undefined;
      const next = await this.database.first<{ runAt: Date | null }>(NEXT, [id]);
      const runAt = held.disabledAt === null ? (next?.runAt ?? null) : null;
      const earliest = after(now, paceOf(held.failedDeliveries).pauseMs);
      const due = runAt !== null && runAt < earliest ? earliest : runAt;
      await this.database.execute(REST, [id, turns, due, now]);
      return due ?? undefined;
    });
  }
}

const after = (moment: Date, milliseconds: number): Date => new Date(moment.getTime() + milliseconds);
