import { Injectable } from '@nestjs/common';
import type { JsonObject } from '../outbox/fact';
import { Database, statement } from '../database/database';
import { UnitOfWork } from '../database/unit-of-work';

export interface DueDelivery {
  readonly id: number;
  readonly source: string;
  readonly body: Buffer;
  readonly state: 'pending' | 'again';
  /** With this claim. */
  readonly attempts: number;
  /** With this claim, since it was queued last. */
  readonly tries: number;
  readonly requeuedBy: number | null;
  /** Whether a former run's effect is kept. */
  readonly hasEffect: boolean | number;
}

/** A claim that ends well. `effect` undefined: the one that is kept stays. */
export interface Ended {
  readonly delivery: DueDelivery;
  readonly effect: JsonObject | undefined;
}

const CLAIMED = `source, body, state, attempts, tries, requeued_by as "requeuedBy", effect is not null as "hasEffect"`;

const due = (state: DueDelivery['state'], columns: string, limit: string): string =>
  `select ${columns} from webhook_delivery where state = '${state}' and due_at <= $1
    order by due_at limit ${limit} for update skip locked`;

// What came by itself goes first: who has yesterday processed again keeps nobody waiting.
const CLAIM = statement(
  'inbox.claim',
  `with pending as (${due('pending', 'id', '$3')}),
        again as (${due('again', 'id', '$3 - (select count(*) from pending)')})
   update webhook_delivery set attempts = attempts + 1, tries = tries + 1, due_at = $2
    where id in (select id from pending union all select id from again)
   returning id, ${CLAIMED}`,
);

// On MySQL, which does the same in three steps.
const DUE_PENDING = statement('inbox.due-pending', due('pending', `id, ${CLAIMED}`, '$2'));
const DUE_AGAIN = statement('inbox.due-again', due('again', `id, ${CLAIMED}`, '$2'));
const LEASE = statement(
  'inbox.lease',
  'update webhook_delivery set attempts = attempts + 1, tries = tries + 1, due_at = $2 where id = any($1)',
);

const EXTEND = statement(
  'inbox.extend',
  'update webhook_delivery set due_at = $3 where id = $1 and attempts = $2 and due_at is not null',
);

const ENDED = `state = 'done', due_at = null, last_error = null, requeued_by = null`;

const DONE = statement(
  'inbox.done',
  `update webhook_delivery set ${ENDED}, effect = $3 where id = $1 and attempts = $2`,
);

const DONE_BEFORE = statement(
  'inbox.done-before',
  `update webhook_delivery set ${ENDED} where id = $1 and attempts = $2`,
);

const ALL_DONE = statement(
  'inbox.all-done',
  `update webhook_delivery d set ${ENDED}, effect = coalesce(r.effect, d.effect)
     from jsonb_to_recordset($1::jsonb) as r(id bigint, attempts int, effect jsonb)
    where d.id = r.id and d.attempts = r.attempts
   returning d.id`,
);

const SETTLED = statement('inbox.settled', `update webhook_delivery set ${ENDED}, effect = $2 where id = $1`);

const SETTLED_BEFORE = statement('inbox.settled-before', `update webhook_delivery set ${ENDED} where id = $1`);

const RETRY = statement(
  'inbox.retry',
  'update webhook_delivery set due_at = $3, last_error = $4 where id = $1 and attempts = $2',
);

const DEAD = statement(
  'inbox.dead',
  `update webhook_delivery set state = 'dead', due_at = null, requeued_by = null, last_error = $3
    where id = $1 and attempts = $2`,
);

/** What waits for the worker. All that ends a claim does so only while it is the last one. */
@Injectable()
export class DeliveryQueueRepository {
  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Takes at most `limit` of what is due and not in another worker's hands, leased until `leaseUntil`. */
  claim(now: Date, leaseUntil: Date, limit: number): Promise<DueDelivery[]> {
    if (this.database.dialect === 'postgres') return this.database.rows<DueDelivery>(CLAIM, [now, leaseUntil, limit]);
    return this.unitOfWork.run(() => this.claimInSteps(now, leaseUntil, limit));
  }

  async extend({ id, attempts }: DueDelivery, leaseUntil: Date): Promise<void> {
    await this.database.execute(EXTEND, [id, attempts, leaseUntil]);
  }

  /** Whether this claim still counted. `effect` undefined: the one that is kept stays. */
  async done({ id, attempts }: DueDelivery, effect: JsonObject | undefined): Promise<boolean> {
    const { affected } =
      effect === undefined
        ? await this.database.execute(DONE_BEFORE, [id, attempts])
        : await this.database.execute(DONE, [id, attempts, effect]);
    return affected > 0;
  }

  /** As `done` for each of them, all or none; gives the ids of those whose claim still counted. */
  async allDone(ended: readonly Ended[]): Promise<ReadonlySet<number>> {
    if (this.database.dialect === 'mysql') return this.unitOfWork.run(() => this.doneEach(ended));
    const records = ended.map(({ delivery: { id, attempts }, effect }) => ({ id, attempts, effect }));
    const rows = await this.unitOfWork.run(() =>
      this.database.rows<{ id: number }>(ALL_DONE, [JSON.stringify(records)]),
    );
    return new Set(rows.map(({ id }) => id));
  }

  /** By somebody else than the worker. `effect` undefined: the one that is kept stays. */
  async settle(id: number, effect: JsonObject | undefined): Promise<void> {
    if (effect === undefined) await this.database.execute(SETTLED_BEFORE, [id]);
    else await this.database.execute(SETTLED, [id, effect]);
  }

  async retry({ id, attempts }: DueDelivery, at: Date, error: string): Promise<void> {
    await this.database.execute(RETRY, [id, attempts, at, error]);
  }

  /** Whether this claim still counted. */
  async dead({ id, attempts }: DueDelivery, error: string): Promise<boolean> {
    return (await this.database.execute(DEAD, [id, attempts, error])).affected > 0;
  }

  private async doneEach(ended: readonly Ended[]): Promise<ReadonlySet<number>> {
    const counted = new Set<number>();
    for (const { delivery, effect } of ended) {
      if (await this.done(delivery, effect)) counted.add(delivery.id);
    }
    return counted;
  }

  private async claimInSteps(now: Date, leaseUntil: Date, limit: number): Promise<DueDelivery[]> {
    const pending = await this.database.rows<DueDelivery>(DUE_PENDING, [now, limit]);
    const room = limit - pending.length;
    const again = room === 0 ? [] : await this.database.rows<DueDelivery>(DUE_AGAIN, [now, room]);
    const claimed = [...pending, ...again];
    if (claimed.length > 0) await this.database.execute(LEASE, [claimed.map(({ id }) => id), leaseUntil]);
    return claimed.map((row) => ({ ...row, attempts: row.attempts + 1, tries: row.tries + 1 }));
  }
}
