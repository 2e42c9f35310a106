import { Injectable } from '@nestjs/common';
import { offsetOf, type PageRequest } from '../../common/page';
import type { Currency, Price } from '../../common/price';
import { Database, statement } from '../../infra/database/database';
import { Tier } from './tier.entity';
import { TierPrice } from './tier-price.entity';
import type { PriceVersion } from './tier.rules';

/** So far the tiers of all creators are counted. */
export const MOST_COUNTED = 10_000;

export interface TierRecord {
  readonly id: number;
  readonly creatorId: number;
  readonly name: string;
  readonly description: string;
  readonly prices: readonly Price[];
  readonly isPublic: boolean;
  readonly memberLimit: number | null;
  readonly memberCount: number;
  /** Canonical. */
  readonly courseIds: readonly string[];
  readonly version: number;
  readonly archivedAt: Date | null;
  readonly createdAt: Date;
}

export type NewTier = Omit<Tier, 'id' | 'memberCount' | 'version' | 'archivedAt'>;

/** Booleans are 0 or 1 on MySQL; lists are JSON. */
type TierRow = Omit<TierRecord, 'prices' | 'isPublic' | 'courseIds'> & {
  readonly prices: string;
  readonly isPublic: boolean | number;
  readonly courseIds: string;
};

const COLUMNS = `t.id, t.creator_id as "creatorId", t.name, t.description, t.prices, t.is_public as "isPublic",
  t.member_limit as "memberLimit", t.member_count as "memberCount", t.course_ids as "courseIds", t.version,
  t.archived_at as "archivedAt", t.created_at as "createdAt"`;

// What is left of people who closed their account is not shown.
const SHOWN = 'from tier t join account a on a.id = t.creator_id';
const PAGE = (limit: string, offset: string) => `order by t.id desc limit ${limit} offset ${offset}`;

const BY_ID = statement('tier.by-id', `select ${COLUMNS} ${SHOWN} where t.id = $1`);

const LOCK = statement('tier.lock', `select ${COLUMNS} from tier t where t.id = $1 for update`);

const LIVE = `${SHOWN} where t.archived_at is null`;
const ALL = statement('tier.all', `select ${COLUMNS} ${LIVE} ${PAGE('$1', '$2')}`);
const ALL_COUNT = statement('tier.all-count', counted('t.archived_at is null'));

const OF_CREATOR = statement('tier.of-creator', `select ${COLUMNS} ${LIVE} and t.creator_id = $1 ${PAGE('$2', '$3')}`);
const OF_CREATOR_COUNT = statement('tier.of-creator-count', `select count(*) as count ${LIVE} and t.creator_id = $1`);

const PAST = `${SHOWN} where t.archived_at is not null`;
const ARCHIVED = statement('tier.archived', `select ${COLUMNS} ${PAST} ${PAGE('$1', '$2')}`);
const ARCHIVED_COUNT = statement('tier.archived-count', counted('t.archived_at is not null'));
const ARCHIVED_OF = statement(
  'tier.archived-of',
  `select ${COLUMNS} ${PAST} and t.creator_id = $1 ${PAGE('$2', '$3')}`,
);
const ARCHIVED_OF_COUNT = statement('tier.archived-of-count', `select count(*) as count ${PAST} and t.creator_id = $1`);

// On PostgreSQL not `for update`, which would hold up whoever names the account with a foreign key.
const CREATOR = statement(
  'tier.creator',
  'select is_creator as "isCreator" from account where id = $1 for no key update',
);

const LIVE_OF = statement(
  'tier.live-of',
  'select count(*) as count from tier where creator_id = $1 and archived_at is null',
);

const PRICES = statement(
  'tier.prices',
  `select id, currency, amount, version, current_slot is not null as "isCurrent" from tier_price where tier_id = $1
    order by id`,
);

const REPLACE_PRICES = statement(
  'tier.replace-prices',
  'update tier_price set current_slot = null, replaced_at = $2 where id = any($1::bigint[])',
);

const REMOVE_PRICES = statement('tier.remove-prices', 'delete from tier_price where tier_id = $1');
const REMOVE = statement('tier.remove', 'delete from tier where id = $1');

const ARCHIVE_ALL = statement(
  'tier.archive-all',
  `update tier set archived_at = $2, updated_at = $2, version = version + 1
    where creator_id = $1 and archived_at is null`,
);

@Injectable()
export class TierRepository {
  constructor(private readonly database: Database) {}

  async add(tier: NewTier): Promise<number> {
    const entity = this.database.manager.create(Tier, tier);
    await this.database.manager.insert(Tier, entity);
    return Number(entity.id);
  }

  async change(id: number, changes: Partial<Omit<Tier, 'id' | 'tier'>>): Promise<void> {
    await this.database.manager.update(Tier, { id }, changes);
  }

  async byId(id: number): Promise<TierRecord | undefined> {
    return recordOf(await this.database.first<TierRow>(BY_ID, [id]));
  }

  /** Until the transaction ends nobody else changes the tier, nor what belongs to it. */
  async lock(id: number): Promise<TierRecord | undefined> {
    return recordOf(await this.database.first<TierRow>(LOCK, [id]));
  }

  /** Newest first, like all lists here. Counted up to MOST_COUNTED. */
  async all(page: PageRequest): Promise<[TierRecord[], number]> {
    return this.page(ALL, ALL_COUNT, [], page);
  }

  async ofCreator(creatorId: number, page: PageRequest): Promise<[TierRecord[], number]> {
    return this.page(OF_CREATOR, OF_CREATOR_COUNT, [creatorId], page);
  }

  /** Of one creator, or of everybody, up to MOST_COUNTED. */
  async archived(creatorId: number | undefined, page: PageRequest): Promise<[TierRecord[], number]> {
    if (creatorId === undefined) return this.page(ARCHIVED, ARCHIVED_COUNT, [], page);
    return this.page(ARCHIVED_OF, ARCHIVED_OF_COUNT, [creatorId], page);
  }

  /**
   * Whether the account is there and a creator's. Both stay so until the transaction ends, and nobody else adds to its
   * tiers.
   */
  async holdCreator(accountId: number): Promise<boolean> {
    return Boolean((await this.database.first<{ isCreator: boolean | number }>(CREATOR, [accountId]))?.isCreator);
  }

  /** How many the creator has that are not archived. */
  async liveOf(creatorId: number): Promise<number> {
    return (await this.database.first<{ count: number }>(LIVE_OF, [creatorId]))?.count ?? 0;
  }

  /** Every version, the oldest first. */
  async prices(tierId: number): Promise<PriceVersion[]> {
    const rows = await this.database.rows<PriceVersion>(PRICES, [tierId]);
    return rows.map((row) => ({ ...row, isCurrent: Boolean(row.isCurrent) }));
  }

  async replacePrices(ids: readonly number[], now: Date): Promise<void> {
    if (ids.length > 0) await this.database.execute(REPLACE_PRICES, [ids, now]);
  }

  async addPrices(
    tierId: number,
    prices: readonly { currency: Currency; amount: number; version: number }[],
    now: Date,
  ): Promise<void> {
    const rows = prices.map((price) => ({
      ...price,
      tierId,
      currentSlot: price.currency,
      createdAt: now,
      replacedAt: null,
    }));
    if (rows.length > 0) await this.database.manager.insert(TierPrice, rows);
  }

  /** Fails where a post, a membership or a payment names the tier. */
  async remove(id: number): Promise<void> {
    await this.database.execute(REMOVE_PRICES, [id]);
    await this.database.execute(REMOVE, [id]);
  }

  async archiveAll(creatorId: number, now: Date): Promise<void> {
    await this.database.execute(ARCHIVE_ALL, [creatorId, now]);
  }

  private async page(
    rows: typeof ALL,
    count: typeof ALL,
    values: readonly unknown[],
    page: PageRequest,
  ): Promise<[TierRecord[], number]> {
    const [found, counted] = await Promise.all([
      this.database.rows<TierRow>(rows, [...values, page.size, offsetOf(page)]),
      this.database.first<{ count: number }>(count, values),
    ]);
    return [found.map(presented), counted?.count ?? 0];
  }
}

const recordOf = (row: TierRow | undefined): TierRecord | undefined => row && presented(row);

function presented(row: TierRow): TierRecord {
  return {
    ...row,
    prices: JSON.parse(row.prices) as Price[],
    isPublic: Boolean(row.isPublic),
    courseIds: JSON.parse(row.courseIds) as string[],
  };
}

/** From the newest on, no further than MOST_COUNTED; account by account, or all accounts would be read beside. */
function counted(where: string): string {
  return `select count(*) as count from (select t.id from tier t
    where ${where} and exists (select 1 from account a where a.id = t.creator_id limit 1 offset 0)
    order by t.id desc limit ${MOST_COUNTED}) newest`;
}
