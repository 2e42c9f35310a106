import { Injectable } from '@nestjs/common';
import { emailKey } from '../../common/normalise';
import { offsetOf, type PageRequest } from '../../common/page';
import { Database, statement } from '../../infra/database/database';
import type { ParkedReason } from '../payment/payment.entity';
import type { PaymentStatus } from '../payment/payment.state';
import type { Purpose } from '../purpose';
import { ParkedPayment } from './parked-payment.entity';

export interface NewParked {
  readonly paymentId: number;
  readonly reason: ParkedReason;
  readonly email: string | null;
  readonly contact: string | null;
  readonly notedCreatorId: number | null;
}

/** As administrators read it. */
export interface ParkedRecord {
  readonly id: number;
  readonly gatewayId: string;
  readonly orderId: number | null;
  readonly purpose: Purpose | null;
  readonly amount: number;
  readonly refundedAmount: number;
  readonly currency: string;
  readonly status: PaymentStatus;
  readonly paidAt: Date;
  readonly reason: ParkedReason;
  readonly email: string | null;
  readonly contact: string | null;
  /** The account whose proven address the payer gave. */
  readonly payerId: number | null;
  readonly payerName: string | null;
  /** The creator whom the notes name. */
  readonly creatorId: number | null;
  readonly creatorName: string | null;
  readonly assignedTo: number | null;
  readonly assignedBy: number | null;
  readonly assignedReason: string | null;
  readonly assignedAt: Date | null;
}

/** Assigned, and still at its payer's bank. */
export interface HeldRow {
  readonly gatewayId: string;
}

export type ParkedState = 'open' | 'assigned';

export interface Assignment {
  readonly assignedTo: number;
  readonly assignedBy: number;
  readonly assignedReason: string;
  readonly assignedAt: Date;
}

const ADD = `insert into parked_payment
  (payment_id, reason, email, email_key, contact, noted_creator_id, created_at) values ($1, $2, $3, $4, $5, $6, $7)`;
const ADD_ONCE = statement(
  'parked.add',
  `${ADD} on conflict (payment_id) do update set reason = excluded.reason`,
  `${ADD} on duplicate key update reason = values(reason)`,
);

const REMOVE = statement('parked.remove', 'delete from parked_payment where payment_id = $1 and assigned_at is null');

const ASSIGNED_TO = statement(
  'parked.assigned-to',
  `select reason, assigned_to as "assignedTo" from parked_payment where payment_id = $1`,
);

const FORGET = statement(
  'parked.forget',
  'update parked_payment set email = null, email_key = null, contact = null where email_key = $1',
);

const SHOWN = `from parked_payment k join payment p on p.id = k.payment_id
  left join account e on e.email_key = k.email_key and e.email_verified_at is not null
  left join account c on c.id = k.noted_creator_id and c.is_creator`;
const COLUMNS = `p.id, p.gateway_id as "gatewayId", p.order_id as "orderId", p.purpose, p.amount,
  p.refunded_amount as "refundedAmount", p.currency, p.status, p.gateway_created_at as "paidAt", k.reason, k.email,
  k.contact, e.id as "payerId", e.username as "payerName", c.id as "creatorId", c.username as "creatorName",
  k.assigned_to as "assignedTo", k.assigned_by as "assignedBy", k.assigned_reason as "assignedReason",
  k.assigned_at as "assignedAt"`;
const PAGE = 'order by k.payment_id desc limit $1 offset $2';

/** What went back to its payer is nobody's business any more. */
const WHERE: Readonly<Record<ParkedState | 'all', string>> = {
  all: "where (k.assigned_at is not null or p.status in ('authorized', 'captured'))",
  open: `where k.assigned_at is null and p.status in ('authorized', 'captured')`,
  assigned: 'where k.assigned_at is not null',
};

const HELD = statement(
  'parked.held',
  `select p.gateway_id as "gatewayId" from parked_payment k join payment p on p.id = k.payment_id
    where k.assigned_at is not null and p.status = 'authorized' order by k.payment_id limit $1`,
);

const BY_ID = statement('parked.by-id', `select ${COLUMNS} ${SHOWN} where k.payment_id = $1`);
const LISTS = mapOf((state) => statement(`parked.${state}`, `select ${COLUMNS} ${SHOWN} ${WHERE[state]} ${PAGE}`));
const COUNTS = mapOf((state) =>
  statement(
    `parked.count-${state}`,
    `select count(*) as count from parked_payment k join payment p on p.id = k.payment_id ${WHERE[state]}`,
  ),
);

const LONGEST_EMAIL = 254;
const LONGEST_CONTACT = 32;

/** Money that is nobody's. A row is written only by whoever has locked its payment. */
@Injectable()
export class ParkedRepository {
  constructor(private readonly database: Database) {}

  /** Again, only the reason may be another. */
  async add({ paymentId, reason, email, contact, notedCreatorId }: NewParked, now: Date): Promise<void> {
    const address = email !== null && email.length <= LONGEST_EMAIL ? email : null;
    const key = address === null ? null : emailKey(address).slice(0, LONGEST_EMAIL);
    const number = contact?.slice(0, LONGEST_CONTACT) ?? null;
    await this.database.execute(ADD_ONCE, [paymentId, reason, address, key, number, notedCreatorId, now]);
  }

  /** It is somebody's without an administrator's doing. */
  async remove(paymentId: number): Promise<void> {
    await this.database.execute(REMOVE, [paymentId]);
  }

  /** Undefined where the payment is not parked and never was given to anybody. */
  stateOf(paymentId: number): Promise<{ reason: ParkedReason; assignedTo: number | null } | undefined> {
    return this.database.first(ASSIGNED_TO, [paymentId]);
  }

  async isAssigned(paymentId: number): Promise<boolean> {
    return ((await this.stateOf(paymentId))?.assignedTo ?? null) !== null;
  }

  /** What the payer told the gateway is needed no longer. */
  async assign(paymentId: number, assignment: Assignment): Promise<void> {
    const forgotten = { email: null, emailKey: null, contact: null };
    await this.database.manager.update(ParkedPayment, { paymentId }, { ...assignment, ...forgotten });
  }

  /** Of whoever has this address, nothing is kept beside the money. */
  async forget(email: string): Promise<void> {
    await this.database.execute(FORGET, [emailKey(email)]);
  }

  held(limit: number): Promise<HeldRow[]> {
    return this.database.rows<HeldRow>(HELD, [limit]);
  }

  byId(paymentId: number): Promise<ParkedRecord | undefined> {
    return this.database.first<ParkedRecord>(BY_ID, [paymentId]);
  }

  /** Newest first. */
  async find(state: ParkedState | undefined, page: PageRequest): Promise<[ParkedRecord[], number]> {
    const list = state ?? 'all';
    const [rows, counted] = await Promise.all([
      this.database.rows<ParkedRecord>(LISTS[list], [page.size, offsetOf(page)]),
      this.database.first<{ count: number }>(COUNTS[list]),
    ]);
    return [rows, Number(counted?.count ?? 0)];
  }
}

function mapOf<T>(make: (state: ParkedState | 'all') => T): Readonly<Record<ParkedState | 'all', T>> {
  return { all: make('all'), open: make('open'), assigned: make('assigned') };
}
