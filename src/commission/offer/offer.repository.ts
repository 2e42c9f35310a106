import { Injectable } from '@nestjs/common';
import type { Price } from '../../common/price';
import { offsetOf, type PageRequest, MOST_PAGED } from '../../common/page';
import type { MediaTuple } from '../../content/media/media-link.service';
import { usedMedia } from '../../content/media/media-use.service';
import { Database, statement } from '../../infra/database/database';
import type { JsonList } from '../../infra/database/json-column';
import { CommissionOffer } from './commission-offer.entity';
import type { DeliveryMode } from './offer.rules';

/** What of files says that an offer shows them. */
export const OFFER_HOLDER = 'commission_offer';

export interface OfferRecord {
  readonly id: number;
  readonly creatorId: number;
  readonly title: string;
  readonly description: string;
  readonly prices: readonly Price[];
  readonly deliveryModes: readonly DeliveryMode[];
  readonly slots: number | null;
  /** Slots that orders hold. */
  readonly taken: number;
  readonly terms: string;
  readonly version: number;
  readonly archivedAt: Date | null;
  readonly createdAt: Date;
}

/** With its creator, and its files as `MediaLinkService.views` takes them. */
export interface ListedOffer extends OfferRecord {
  readonly username: string;
  readonly profilePic: string;
  readonly samples: JsonList<MediaTuple>;
}

/** Lists are JSON. */
type Row<T extends OfferRecord> = Omit<T, 'prices' | 'deliveryModes'> & { prices: string; deliveryModes: string };

const COLUMNS = `o.id, o.creator_id as "creatorId", o.title, o.description, o.prices,
  o.delivery_modes as "deliveryModes", o.slots, o.taken, o.terms, o.version, o.archived_at as "archivedAt",
  o.created_at as "createdAt"`;

// On PostgreSQL not `for update`, which would hold up whoever names the offer with a foreign key.
const LOCK = statement(
  'commission-offer.lock',
  `select ${COLUMNS} from commission_offer o where o.id = $1 for no key update`,
);

// What is left of people who closed their account is not shown.
const LISTED = `select ${COLUMNS}, a.username, a.profile_pic as "profilePic",
    ${usedMedia(OFFER_HOLDER, 'o.id')} as samples
  from commission_offer o join account a on a.id = o.creator_id`;
const NEWEST = 'order by o.id desc';

const BY_ID = statement('commission-offer.by-id', `${LISTED} where o.id = $1`);

const ALL = statement('commission-offer.all', `${LISTED} where o.archived_at is null ${NEWEST} limit $1 offset $2`);
const ALL_COUNT = statement(
  'commission-offer.all-count',
  `select count(*) as count from (select o.id from commission_offer o where o.archived_at is null
    and exists (select 1 from account a where a.id = o.creator_id limit 1 offset 0)
    ${NEWEST} limit ${MOST_PAGED}) newest`,
);

const OF_CREATOR = statement(
  'commission-offer.of-creator',
  `${LISTED} where o.creator_id = $1 and o.archived_at is null ${NEWEST} limit $2 offset $3`,
);
const ARCHIVED_OF = statement(
  'commission-offer.archived-of',
  `${LISTED} where o.creator_id = $1 and o.archived_at is not null ${NEWEST} limit $2 offset $3`,
);
const COUNTED = 'select count(*) as count from commission_offer o where o.creator_id = $1 and o.archived_at is';
const LIVE_OF = statement('commission-offer.count-of', `${COUNTED} null`);
const ARCHIVED_COUNT = statement('commission-offer.archived-count', `${COUNTED} not null`);
const UNARCHIVED_IDS = statement(
  'commission-offer.unarchived-ids',
  'select id from commission_offer where creator_id = $1 and archived_at is null order by id',
);

const SHOWING = statement(
  'commission-offer.showing-of',
  `select o.id from commission_offer o where o.creator_id = $1 and exists (
    select 1 from media_use u where u.holder = '${OFFER_HOLDER}' and u.holder_id = o.id) order by o.id`,
);

const ORDERS = statement(
  'commission-offer.orders',
  'select count(*) as count from commission_order where offer_id = $1',
);

// On PostgreSQL not `for update`, as above.
const CREATOR = statement(
  'commission-offer.creator',
  'select is_creator as "isCreator" from account where id = $1 for no key update',
);

const TAKE = statement('commission-offer.take', 'update commission_offer set taken = taken + $2 where id = $1');
const REMOVE = statement('commission-offer.remove', 'delete from commission_offer where id = $1');

type Count = { readonly count: number };

/** Whoever changes an offer, an order of it, or its waitlist, locks the offer first. */
@Injectable()
export class OfferRepository {
  constructor(private readonly database: Database) {}

  async add(offer: Omit<CommissionOffer, 'id' | 'taken' | 'version' | 'archivedAt'>): Promise<number> {
    const entity = this.database.manager.create(CommissionOffer, offer);
    await this.database.manager.insert(CommissionOffer, entity);
    return Number(entity.id);
  }

  async change(id: number, changes: Partial<Omit<CommissionOffer, 'id' | 'taken'>>): Promise<void> {
    await this.database.manager.update(CommissionOffer, { id }, changes);
  }

  /** So many slots more are held, or fewer. The database refuses more than there are. */
  async take(id: number, slots: number): Promise<void> {
    await this.database.execute(TAKE, [id, slots]);
  }

  async byId(id: number): Promise<ListedOffer | undefined> {
    const row = await this.database.first<Row<ListedOffer>>(BY_ID, [id]);
    return row && recordOf(row);
  }

  /** Until the transaction ends nobody else changes the offer, its orders or its waitlist. */
  async lock(id: number): Promise<OfferRecord | undefined> {
    const row = await this.database.first<Row<OfferRecord>>(LOCK, [id]);
    return row && recordOf(row);
  }

  /** Newest first, like all lists here, and not archived. Counted up to MOST_PAGED. */
  all(page: PageRequest): Promise<[ListedOffer[], number]> {
    return this.page(ALL, ALL_COUNT, [], page);
  }

  ofCreator(creatorId: number, page: PageRequest): Promise<[ListedOffer[], number]> {
    return this.page(OF_CREATOR, LIVE_OF, [creatorId], page);
  }

  archivedOf(creatorId: number, page: PageRequest): Promise<[ListedOffer[], number]> {
    return this.page(ARCHIVED_OF, ARCHIVED_COUNT, [creatorId], page);
  }

  /** How many the creator has that are not archived. */
  async liveOf(creatorId: number): Promise<number> {
    return (await this.database.first<Count>(LIVE_OF, [creatorId]))?.count ?? 0;
  }

  /** Those that are not archived. */
  async idsOf(creatorId: number): Promise<number[]> {
    return (await this.database.rows<{ id: number }>(UNARCHIVED_IDS, [creatorId])).map(({ id }) => id);
  }

  /** Those that show files, archived or not. */
  async showingOf(creatorId: number): Promise<number[]> {
    return (await this.database.rows<{ id: number }>(SHOWING, [creatorId])).map(({ id }) => id);
  }

  /** How many were ever placed, whatever became of them. */
  async ordersOf(id: number): Promise<number> {
    return (await this.database.first<Count>(ORDERS, [id]))?.count ?? 0;
  }

  /** Whether the account is there and a creator's; nobody else adds to its offers until the transaction ends. */
  async holdCreator(accountId: number): Promise<boolean> {
    return Boolean((await this.database.first<{ isCreator: boolean | number }>(CREATOR, [accountId]))?.isCreator);
  }

  /** Fails where an order names it. */
  async remove(id: number): Promise<void> {
    await this.database.execute(REMOVE, [id]);
  }

  private async page(
    rows: typeof ALL,
    count: typeof ALL,
    values: readonly unknown[],
    page: PageRequest,
  ): Promise<[ListedOffer[], number]> {
    const [found, counted] = await Promise.all([
      this.database.rows<Row<ListedOffer>>(rows, [...values, page.size, offsetOf(page)]),
      this.database.first<Count>(count, values),
    ]);
    return [found.map((row) => recordOf(row)), counted?.count ?? 0];
  }
}

function recordOf<T extends OfferRecord>(row: Row<T>): T {
  const prices = JSON.parse(row.prices) as OfferRecord['prices'];
  const deliveryModes = JSON.parse(row.deliveryModes) as OfferRecord['deliveryModes'];
  return { ...row, prices, deliveryModes } as unknown as T;
}
