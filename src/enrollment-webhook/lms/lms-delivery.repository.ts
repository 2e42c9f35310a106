import { Injectable } from '@nestjs/common';
import { MOST_PAGED, offsetOf, type PageRequest } from '../../common/page';
import { Database, statement } from '../../infra/database/database';
import type { MadeCall } from './lms-call';
import type { DeliveryStatus, Told } from './lms-delivery.state';
import { LmsSecrets } from './lms-secrets';

interface DeliveryRow {
  readonly id: number;
  readonly lmsId: number;
  readonly enrolmentId: number;
  readonly courseKey: string;
  /** Null once the account is closed. */
  readonly accountId: number | null;
  readonly status: DeliveryStatus;
  readonly told: Told | null;
  readonly attempts: number;
  readonly runAt: Date;
  readonly lastError: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface DeliveryRecord extends DeliveryRow {
  /** By which the LMS knows the person, else the account's; null where neither is known any more, or its key is lost. */
  readonly email: string | null;
  /** Newest first, MOST_CALLS of them. */
  readonly calls: readonly MadeCall[];
}

interface StoredRow extends DeliveryRow {
  /** Sealed. */
  readonly address: string | null;
  readonly accountEmail: string | null;
}

/** Of one delivery, as far as they are shown. */
const MOST_CALLS = 50;

const RECORD = `select d.id, d.lms_id as "lmsId", d.enrolment_id as "enrolmentId", c.course_key as "courseKey",
    e.account_id as "accountId", d.status, d.told, d.attempts, d.run_at as "runAt", d.last_error as "lastError",
    d.created_at as "createdAt", d.updated_at as "updatedAt", d.address, a.email as "accountEmail"
  from lms_delivery d
  join enrolment e on e.id = d.enrolment_id
  join course c on c.id = e.course_id
  left join account a on a.id = e.account_id`;

const BY_ID = statement('lms-delivery.by-id', `${RECORD} where d.id = $1`);
const PAGE = statement(
  'lms-delivery.page',
  `${RECORD} where d.lms_id = $1 order by d.enrolment_id desc limit $2 offset $3`,
);
const PAGE_OF_STATUS = statement(
  'lms-delivery.page-of-status',
  `${RECORD} where d.lms_id = $1 and d.status = $4 order by d.enrolment_id desc limit $2 offset $3`,
);
const COUNT = statement(
  'lms-delivery.count',
  'select count(*) as count from (select id from lms_delivery where lms_id = $1 limit $2) as counted',
);
const COUNT_OF_STATUS = statement(
  'lms-delivery.count-of-status',
  'select count(*) as count from (select id from lms_delivery where lms_id = $1 and status = $3 limit $2) as counted',
);

const ATTEMPTS = statement(
  'lms-delivery.attempts',
  `select "deliveryId", kind, status, error, duration, excerpt, at
     from (select id, delivery_id as "deliveryId", kind, status, error, duration, excerpt, at,
                  row_number() over (partition by delivery_id order by id desc) as place
             from lms_attempt where delivery_id = any($1)) as ranked
    where place <= ${MOST_CALLS} order by id desc`,
  `select deliveryId, kind, status, error, duration, excerpt, at
     from (select id, delivery_id as deliveryId, kind, status, error, duration, excerpt, at,
                  row_number() over (partition by delivery_id order by id desc) as place
             from lms_attempt where delivery_id in ($1)) as ranked
    where place <= ${MOST_CALLS} order by id desc`,
);

const FORGET_ATTEMPTS = statement('lms-delivery.forget-attempts', 'delete from lms_attempt where at < $1');
const FORGET_ADDRESSES = statement(
  'lms-delivery.forget-addresses',
  `update lms_delivery set address = null
    where address is not null and pending_since < $1
      and enrolment_id in (select id from enrolment where status = 'ended')`,
);

/** Deliveries as administrators read them. */
@Injectable()
export class LmsDeliveryRepository {
  constructor(
    private readonly database: Database,
    private readonly secrets: LmsSecrets,
  ) {}

  /** Newest enrolment first; the count ends at MOST_PAGED. */
  async find(
    lmsId: number,
    status: DeliveryStatus | undefined,
    page: PageRequest,
  ): Promise<[DeliveryRecord[], number]> {
    const filter = status === undefined ? [] : [status];
    const [list, count] = status === undefined ? [PAGE, COUNT] : [PAGE_OF_STATUS, COUNT_OF_STATUS];
    const rows = await this.database.rows<StoredRow>(list, [lmsId, page.size, offsetOf(page), ...filter]);
    const counted = await this.database.first<{ count: number }>(count, [lmsId, MOST_PAGED, ...filter]);
    return [await this.completed(rows), counted?.count ?? 0];
  }

  async byId(id: number): Promise<DeliveryRecord | undefined> {
    return (await this.completed(await this.database.rows<StoredRow>(BY_ID, [id])))[0];
  }

  async forgetAttempts(before: Date): Promise<void> {
    await this.database.execute(FORGET_ATTEMPTS, [before]);
  }

  /** Of enrolments that ended, and have not changed since. */
  async forgetAddresses(before: Date): Promise<void> {
    await this.database.execute(FORGET_ADDRESSES, [before]);
  }

  private async completed(rows: readonly StoredRow[]): Promise<DeliveryRecord[]> {
    if (rows.length === 0) return [];
    const ids = rows.map(({ id }) => id);
    const calls = await this.database.rows<MadeCall & { deliveryId: number }>(ATTEMPTS, [ids]);
    return rows.map(({ address, accountEmail, ...row }) => ({
      ...row,
      email: (address === null ? accountEmail : this.secrets.openAddressIfPossible(row.id, address)) ?? null,
      calls: calls.filter(({ deliveryId }) => deliveryId === row.id),
    }));
  }
}
