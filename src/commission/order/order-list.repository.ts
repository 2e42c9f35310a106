import { Injectable } from '@nestjs/common';
import { offsetOf, type PageRequest } from '../../common/page';
import type { MediaTuple } from '../../content/media/media-link.service';
import { usedMedia } from '../../content/media/media-use.service';
import { Database, statement } from '../../infra/database/database';
import type { JsonList } from '../../infra/database/json-column';
import type { Actor, CommissionStatus } from './commission-order.state';
import { OrderRepository, type OrderRow, STEP_HOLDER } from './order.repository';

/** An order as its two people read it; names are empty where an account is closed. */
export interface OrderRecord extends Omit<OrderRow, 'openKey'> {
  readonly creatorName: string;
  readonly creatorPic: string;
  readonly buyerName: string;
  readonly buyerPic: string;
  /** In the waitlist, from 1. */
  readonly position: number | null;
  readonly contactDetails: string;
}

type Row = Omit<OrderRecord, 'contactDetails'> & { readonly sealed: string | null };

export interface StepRecord {
  readonly status: CommissionStatus;
  readonly actor: Actor;
  readonly message: string;
  readonly at: Date;
  readonly media: JsonList<MediaTuple>;
}

/** Whose orders: those that others placed with somebody, those that somebody placed, or both. */
export const SIDES = ['creator', 'buyer', 'both'] as const;
export type Side = (typeof SIDES)[number];

const RECORD = `select o.id, o.offer_id as "offerId", o.creator_id as "creatorId", o.buyer_id as "buyerId", o.title,
    o.terms, o.delivery_mode as "deliveryMode", o.description, o.sealed, o.amount, o.currency,
    o.payment_order_id as "paymentOrderId", o.status, o.payment, o.held_at as "heldAt",
    o.accepting_at as "acceptingAt", o.warned_at as "warnedAt", o.due_at as "dueAt", o.revisions,
    o.created_at as "createdAt", o.updated_at as "updatedAt", coalesce(c.username, '') as "creatorName",
    coalesce(c.profile_pic, '') as "creatorPic", coalesce(b.username, '') as "buyerName",
    coalesce(b.profile_pic, '') as "buyerPic", case when o.status = 'waitlisted' then
      (select count(*) from commission_order w where w.offer_id = o.offer_id and w.status = 'waitlisted' and w.id <= o.id)
      end as position
  from commission_order o left join account c on c.id = o.creator_id left join account b on b.id = o.buyer_id`;

// For everybody else it is not there.
const ONE = statement(
  'commission-order.record',
  `${RECORD} where o.id = $1 and (o.creator_id = $2 or o.buyer_id = $2)`,
);

const PLACED = {
  creator: 'select id from commission_order where creator_id = $1',
  buyer: 'select id from commission_order where buyer_id = $1',
} as const;
// Each side is read by its own index, as far as the page needs.
const BOTH = `select id from (${PLACED.creator} order by id desc limit $4) one union all
  select id from (${PLACED.buyer} order by id desc limit $4) other`;
const page = (ids: string): string =>
  `${RECORD} join (select p.id from (${ids}) p order by p.id desc limit $2 offset $3) i on i.id = o.id order by o.id desc`;
const count = (ids: string): string => `select count(*) as count from (${ids}) p`;

const PAGES = {
  creator: statement('commission-order.page-of-creator', page(PLACED.creator)),
  buyer: statement('commission-order.page-of-buyer', page(PLACED.buyer)),
  both: statement('commission-order.page-of-both', page(BOTH)),
} as const;
const COUNTS = {
  creator: statement('commission-order.count-of-creator', count(PLACED.creator)),
  buyer: statement('commission-order.count-of-buyer', count(PLACED.buyer)),
  both: statement('commission-order.count-of-both', count(`${PLACED.creator} union all ${PLACED.buyer}`)),
} as const;

const HISTORY = statement(
  'commission-order.history',
  `select s.status, s.actor, s.message, s.at, ${usedMedia(STEP_HOLDER, 's.id')} as media
   from commission_step s where s.order_id = $1 order by s.id`,
);

@Injectable()
export class OrderListRepository {
  constructor(
    private readonly database: Database,
    private readonly orders: OrderRepository,
  ) {}

  /** For one of its two people; undefined for everybody else. */
  async of(id: number, accountId: number): Promise<OrderRecord | undefined> {
    const row = await this.database.first<Row>(ONE, [id, accountId]);
    return row && this.recordOf(row);
  }

  /** Oldest first. */
  history(id: number): Promise<StepRecord[]> {
    return this.database.rows<StepRecord>(HISTORY, [id]);
  }

  /** Newest first. */
  async page(accountId: number, side: Side, request: PageRequest): Promise<[OrderRecord[], number]> {
    const [size, offset] = [request.size, offsetOf(request)];
    const values = [accountId, size, offset, ...(side === 'both' ? [size + offset] : [])];
    const [rows, counted] = await Promise.all([
      this.database.rows<Row>(PAGES[side], values),
      this.database.first<{ count: number }>(COUNTS[side], [accountId]),
    ]);
    return [rows.map((row) => this.recordOf(row)), counted?.count ?? 0];
  }

  private recordOf({ sealed, ...row }: Row): OrderRecord {
    return { ...row, contactDetails: this.orders.opened(row.id, sealed) ?? '' };
  }
}
