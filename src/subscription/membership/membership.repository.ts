import { Injectable } from '@nestjs/common';
import { Database, statement } from '../../infra/database/database';
import { MembershipSource } from './membership-source.entity';
import { Membership } from './membership.entity';
import type { Holding } from './membership.state';

export interface LockedTier {
  readonly id: number;
  readonly creatorId: number;
  readonly isPublic: boolean;
  readonly archivedAt: Date | null;
}

export interface MembershipRow {
  readonly id: number;
  readonly accountId: number;
  readonly creatorId: number;
  readonly tierId: number;
  readonly accessUntil: Date | null;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
}

export interface SourceRow extends Holding {
  readonly kind: string;
  readonly reference: string;
}

/** Where a source stands. */
export interface SourcePlace {
  readonly id: number;
  readonly membershipId: number;
  readonly tierId: number;
}

// Held against closing the account until the transaction ends.
const ACCOUNT = statement('membership.account', 'select id from account where id = $1 for key share');

const TIER = `select id, creator_id as "creatorId", is_public as "isPublic", archived_at as "archivedAt"
  from tier where id = $1`;
// Posts may name the tier meanwhile.
const LOCK_TIER = statement('membership.lock-tier', `${TIER} for no key update`);
const CLAIM_TIER = statement('membership.claim-tier', `${TIER} for no key update skip locked`);

const MEMBERSHIP = `select id, account_id as "accountId", creator_id as "creatorId", tier_id as "tierId",
  access_until as "accessUntil", started_at as "startedAt", ended_at as "endedAt" from membership`;
const BY_ID = statement('membership.by-id', `${MEMBERSHIP} where id = $1`);
const OF_ACCOUNT_IN = statement('membership.of-account-in', `${MEMBERSHIP} where account_id = $1 and tier_id = $2`);

const OPEN_OF_ACCOUNT = statement(
  'membership.open-of-account',
  `select id, tier_id as "tierId" from membership where account_id = $1 and ended_at is null order by tier_id limit $2`,
);

const OPEN_OF_CREATOR = statement(
  'membership.open-of-creator',
  `select id as "membershipId", tier_id as "tierId" from membership where creator_id = $1 and ended_at is null
    order by started_at limit $2`,
);

const COUNT = statement('membership.count', 'update tier set member_count = member_count + $2 where id = $1');

const SOURCES = statement(
  'membership.sources',
  `select id, kind, reference, ends_at as "endsAt" from membership_source
    where membership_id = $1 and ended_at is null order by id`,
);

const EXTEND = statement('membership.extend', 'update membership_source set ends_at = $2 where id = $1');

const END = statement(
  'membership.end-sources',
  'update membership_source set live_slot = null, ended_at = $2 where id = any($1::bigint[]) and ended_at is null',
);

const PLACE = `select s.id, m.id as "membershipId", m.tier_id as "tierId"
  from membership_source s join membership m on m.id = s.membership_id`;
const PLACE_OF = statement('membership.place-of', `${PLACE} where s.id = $1`);
const PLACES_OF = statement(
  'membership.places-of',
  `${PLACE} where s.kind = $1 and s.reference = $2 and s.ended_at is null order by m.tier_id, m.id`,
);
// The few of a round first, then what they hold: a join would read all memberships to meet them.
const DUE = statement(
  'membership.due',
  `select d.id, d.membership_id as "membershipId",
      (select m.tier_id from membership m where m.id = d.membership_id) as "tierId"
    from (select s.id, s.membership_id, s.ends_at from membership_source s
        where s.ended_at is null and s.ends_at <= $1 order by s.ends_at limit $2) d
    order by d.ends_at`,
);

/** Whoever changes a membership or what holds it locks its tier first: so nothing here runs into a deadlock. */
@Injectable()
export class MembershipRepository {
  constructor(private readonly database: Database) {}

  /** Whether the account is there. It stays until the transaction ends. */
  async holdAccount(id: number): Promise<boolean> {
    return (await this.database.first(ACCOUNT, [id])) !== undefined;
  }

  async lockTier(id: number): Promise<LockedTier | undefined> {
    return tierOf(await this.database.first<LockedTier>(LOCK_TIER, [id]));
  }

  /** Undefined also where somebody else has it in hand. */
  async claimTier(id: number): Promise<LockedTier | undefined> {
    return tierOf(await this.database.first<LockedTier>(CLAIM_TIER, [id]));
  }

  byId(id: number): Promise<MembershipRow | undefined> {
    return this.database.first<MembershipRow>(BY_ID, [id]);
  }

  ofAccountIn(accountId: number, tierId: number): Promise<MembershipRow | undefined> {
    return this.database.first<MembershipRow>(OF_ACCOUNT_IN, [accountId, tierId]);
  }

  /** Memberships that have not ended. */
  openOfAccount(accountId: number, limit: number): Promise<{ id: number; tierId: number }[]> {
    return this.database.rows(OPEN_OF_ACCOUNT, [accountId, limit]);
  }

  /** Memberships in any of the creator's tiers that have not ended. */
  openOfCreator(creatorId: number, limit: number): Promise<Omit<SourcePlace, 'id'>[]> {
    return this.database.rows(OPEN_OF_CREATOR, [creatorId, limit]);
  }

  async add(membership: Omit<Membership, 'id' | 'tier'>): Promise<number> {
    const entity = this.database.manager.create(Membership, membership);
    await this.database.manager.insert(Membership, entity);
    return Number(entity.id);
  }

  async change(id: number, changes: Partial<Omit<Membership, 'id' | 'tier'>>): Promise<void> {
    await this.database.manager.update(Membership, { id }, changes);
  }

  async count(tierId: number, difference: 1 | -1): Promise<void> {
    await this.database.execute(COUNT, [tierId, difference]);
  }

  /** Those that have not ended. */
  sources(membershipId: number): Promise<SourceRow[]> {
    return this.database.rows<SourceRow>(SOURCES, [membershipId]);
  }

  async addSource(source: Omit<MembershipSource, 'id' | 'membership' | 'liveSlot' | 'endedAt'>): Promise<number> {
    const liveSlot = `${source.kind}:${source.reference}`;
    const entity = this.database.manager.create(MembershipSource, { ...source, liveSlot, endedAt: null });
    await this.database.manager.insert(MembershipSource, entity);
    return Number(entity.id);
  }

  async extendSource(id: number, endsAt: Date | null): Promise<void> {
    await this.database.execute(EXTEND, [id, endsAt]);
  }

  async endSources(ids: readonly number[], now: Date): Promise<void> {
    if (ids.length > 0) await this.database.execute(END, [ids, now]);
  }

  placeOf(sourceId: number): Promise<SourcePlace | undefined> {
    return this.database.first<SourcePlace>(PLACE_OF, [sourceId]);
  }

  /** Where this holds anything, by tier. */
  placesOf(kind: string, reference: string): Promise<SourcePlace[]> {
    return this.database.rows<SourcePlace>(PLACES_OF, [kind, reference]);
  }

  /** Sources that have run out and not been ended. */
  due(now: Date, limit: number): Promise<SourcePlace[]> {
    return this.database.rows<SourcePlace>(DUE, [now, limit]);
  }
}

/** Booleans are 0 or 1 on MySQL. */
function tierOf(row: LockedTier | undefined): LockedTier | undefined {
  return row && { ...row, isPublic: Boolean(row.isPublic) };
}
