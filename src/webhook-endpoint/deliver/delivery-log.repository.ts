import { Injectable } from '@nestjs/common';
import { MOST_PAGED, offsetOf, type PageRequest } from '../../common/page';
import { Database, statement } from '../../infra/database/database';
import type { EndpointDeliveryStatus } from './endpoint-delivery.entity';

export interface DeliveryRecord {
  readonly id: number;
  readonly messageId: string;
  readonly type: string;
  readonly body: string;
  readonly status: EndpointDeliveryStatus;
  readonly runAt: Date;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
  /** Oldest first, the last MOST_ATTEMPTS of them. */
  readonly attempts: readonly AttemptRecord[];
}

export interface AttemptRecord {
  readonly status: number | null;
  readonly error: string | null;
  readonly ms: number;
  readonly at: Date;
}

type Row = Omit<DeliveryRecord, 'attempts'>;

/** Of one delivery, as far as they are shown. */
const MOST_ATTEMPTS = 50;

const COLUMNS = `id, message_id as "messageId", type, body, status, run_at as "runAt", created_at as "createdAt",
  finished_at as "finishedAt"`;
const ONE = statement(
  'endpoint-log.one',
  `select ${COLUMNS} from endpoint_delivery where id = $1 and endpoint_id = $2`,
);
const LOCK = statement(
  'endpoint-log.lock',
  'select status from endpoint_delivery where id = $1 and endpoint_id = $2 for no key update',
);
const OF_ENDPOINT = 'from endpoint_delivery where endpoint_id = $1';
const OF_STATUS = `${OF_ENDPOINT} and status = $4`;
const page = (those: string): string => `select ${COLUMNS} ${those} order by id desc limit $2 offset $3`;
const count = (those: string): string => `select count(*) as count from (select 1 as one ${those} limit $2) counted`;
const PAGE = statement('endpoint-log.page', page(OF_ENDPOINT));
const PAGE_OF_STATUS = statement('endpoint-log.page-of-status', page(OF_STATUS));
const COUNT = statement('endpoint-log.count', count(OF_ENDPOINT));
const COUNT_OF_STATUS = statement('endpoint-log.count-of-status', count(OF_STATUS.replace('$4', '$3')));
const ATTEMPTS = statement(
  'endpoint-log.attempts',
  `select delivery_id as "deliveryId", status, error, ms, at
     from (select t.*, row_number() over (partition by delivery_id order by id desc) as place
             from endpoint_attempt t where delivery_id = any($1)) ranked
    where place <= ${MOST_ATTEMPTS} order by id`,
);
const AGAIN = statement(
  'endpoint-log.again',
  `update endpoint_delivery set status = 'pending', run_at = $2, finished_at = null,
      tries = case when status = 'pending' then tries else 0 end where id = $1`,
  `update endpoint_delivery set tries = case when status = 'pending' then tries else 0 end, status = 'pending',
      run_at = $2, finished_at = null where id = $1`,
);
// Found first and deleted by id: with a subquery PostgreSQL would read the whole log for every batch.
const SOME_OLD = statement(
  'endpoint-log.some-old',
  'select id from endpoint_delivery where created_at < $1 order by created_at limit $2',
);
const REMOVE = statement('endpoint-log.remove', 'delete from endpoint_delivery where id = any($1)');

/** What was sent to endpoints, and what came of it. */
@Injectable()
export class DeliveryLogRepository {
  constructor(private readonly database: Database) {}

  /** Newest first, and how many there are, up to MOST_PAGED. */
  async page(
    endpointId: number,
    status: EndpointDeliveryStatus | undefined,
    request: PageRequest,
  ): Promise<[DeliveryRecord[], number]> {
    const only = status === undefined ? [] : [status];
    const values = [endpointId, request.size, offsetOf(request), ...only];
    const rows = await this.database.rows<Row>(status === undefined ? PAGE : PAGE_OF_STATUS, values);
    const counted = await this.database.first<{ count: number }>(status === undefined ? COUNT : COUNT_OF_STATUS, [
      endpointId,
      MOST_PAGED,
      ...only,
    ]);
    return [await this.withAttempts(rows), counted?.count ?? 0];
  }

  async one(id: number, endpointId: number): Promise<DeliveryRecord | undefined> {
    const [record] = await this.withAttempts(await this.database.rows<Row>(ONE, [id, endpointId]));
    return record;
  }

  /** Until the transaction ends; false where the endpoint has no such delivery. */
  async hold(id: number, endpointId: number): Promise<boolean> {
    return (await this.database.first(LOCK, [id, endpointId])) !== undefined;
  }

  /** Due now, from the schedule's beginning where it was finished. */
  async again(id: number, now: Date): Promise<void> {
    await this.database.execute(AGAIN, [id, now]);
  }

  /** How many were removed, at most `limit`. */
  async removeSome(before: Date, limit: number): Promise<number> {
    const old = await this.database.rows<{ id: number }>(SOME_OLD, [before, limit]);
    if (old.length > 0) await this.database.execute(REMOVE, [old.map(({ id }) => id)]);
    return old.length;
  }

  private async withAttempts(rows: readonly Row[]): Promise<DeliveryRecord[]> {
    if (rows.length === 0) return [];
    const ids = rows.map(({ id }) => id);
    const attempts = await this.database.rows<AttemptRecord & { deliveryId: number }>(ATTEMPTS, [ids]);
    return rows.map((row) => ({ ...row, attempts: attempts.filter(({ deliveryId }) => deliveryId === row.id) }));
  }
}
