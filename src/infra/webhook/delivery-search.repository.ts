import { Injectable } from '@nestjs/common';
import type { SelectQueryBuilder } from 'typeorm';
import { offsetOf, type PageRequest } from '../../common/page';
import { Database, statement } from '../database/database';
import { type DeliveryState, WebhookDelivery, type Verdict } from './webhook-delivery.entity';
import { WebhookDeliveryRun } from './webhook-delivery-run.entity';

export interface DeliveryFilter {
  readonly source?: string;
  readonly verdict?: Verdict;
  readonly state?: ShownState;
  readonly status?: number;
  /** A part of the last error. */
  readonly error?: string;
  readonly minAttempts?: number;
  /** Looked for in the terms and as the event key. */
  readonly text?: string;
  readonly from?: Date;
  readonly to?: Date;
  readonly dueBefore?: Date;
}

/** Whether it waits for the first time or again is the queue's own matter. */
export type ShownState = Exclude<DeliveryState, 'again'>;

export interface SourceTally {
  readonly source: string;
  readonly verdict: Verdict;
  readonly secretId: string | null;
  readonly deliveries: number;
  readonly calls: number;
  /** Deliveries whose last call carried no signed time. */
  readonly untimed: number;
  readonly lastSeenAt: Date;
}

const TALLY = statement(
  'inbox.tally',
  `select source, verdict, secret_id as "secretId", count(*) as deliveries,
          cast(sum(receipts) as double precision) as calls,
          count(*) - count(signed_at) as untimed, max(last_received_at) as "lastSeenAt"
     from webhook_delivery group by source, verdict, secret_id`,
  `select source, verdict, secret_id as secretId, count(*) as deliveries,
          cast(sum(receipts) as double) as calls,
          count(*) - count(signed_at) as untimed, max(last_received_at) as lastSeenAt
     from webhook_delivery group by source, verdict, secret_id`,
);

/** The inbox as administrators read it. */
@Injectable()
export class DeliverySearchRepository {
  constructor(private readonly database: Database) {}

  /** Newest first, without the bodies. */
  find(filter: DeliveryFilter, page: PageRequest): Promise<[WebhookDelivery[], number]> {
    const query = this.database.manager.createQueryBuilder(WebhookDelivery, 'delivery').select(LISTED);
    narrow(query, filter);
    return query.orderBy('delivery.id', 'DESC').offset(offsetOf(page)).limit(page.size).getManyAndCount();
  }

  async byId(id: number): Promise<WebhookDelivery | undefined> {
    return (await this.database.manager.findOneBy(WebhookDelivery, { id })) ?? undefined;
  }

  runsOf(deliveryId: number): Promise<WebhookDeliveryRun[]> {
    return this.database.manager.find(WebhookDeliveryRun, { where: { deliveryId }, order: { id: 'ASC' } });
  }

  tally(): Promise<SourceTally[]> {
    return this.database.rows<SourceTally>(TALLY);
  }
}

const LISTED = (
  [
    'id',
    'source',
    'eventKey',
    'verdict',
    'fault',
    'status',
    'secretId',
    'signedAt',
    'bodySize',
    'effect',
    'receipts',
    'receivedAt',
    'lastReceivedAt',
    'state',
    'attempts',
    'lastError',
    'dueAt',
  ] as const
).map((name) => `delivery.${name}`);

const STATES: Readonly<Record<ShownState, string>> = {
  pending: "delivery.state in ('pending', 'again')",
  done: "delivery.state = 'done'",
  dead: "delivery.state = 'dead'",
};

function narrow(query: SelectQueryBuilder<WebhookDelivery>, filter: DeliveryFilter): void {
  const { source, verdict, state, status, error, minAttempts, text, from, to, dueBefore } = filter;
  if (source !== undefined) query.andWhere('delivery.source = :source', { source });
  if (verdict !== undefined) query.andWhere('delivery.verdict = :verdict', { verdict });
  if (state !== undefined) query.andWhere(STATES[state]);
  if (status !== undefined) query.andWhere('delivery.status = :status', { status });
  if (minAttempts !== undefined) query.andWhere('delivery.attempts >= :minAttempts', { minAttempts });
  if (error !== undefined) {
    query.andWhere("lower(delivery.lastError) like :error escape '!'", { error: containing(error) });
  }
  if (from !== undefined) query.andWhere('delivery.receivedAt >= :from', { from });
  if (to !== undefined) query.andWhere('delivery.receivedAt < :to', { to });
  if (dueBefore !== undefined) query.andWhere('delivery.dueAt < :dueBefore', { dueBefore });
  if (text !== undefined) {
    const part = containing(text);
    query.andWhere("(delivery.terms like :part escape '!' or delivery.eventKey = :text)", { part, text });
  }
}

function containing(text: string): string {
  return `%${text.toLowerCase().replace(/[!%_]/g, '!$&')}%`;
}
