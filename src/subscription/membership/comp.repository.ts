import { Injectable } from '@nestjs/common';
import type { SelectQueryBuilder } from 'typeorm';
import { offsetOf, type PageRequest } from '../../common/page';
import { Database } from '../../infra/database/database';
import { Membership } from './membership.entity';
import { MembershipSource } from './membership-source.entity';

export interface CompRecord {
  readonly id: number;
  readonly accountId: number;
  readonly tierId: number;
  readonly reason: string;
  readonly endsAt: Date | null;
  readonly grantedBy: number;
  readonly createdAt: Date;
  readonly endedAt: Date | null;
}

export interface CompFilter {
  readonly account?: number;
  readonly tier?: number;
  readonly live?: boolean;
}

/** What administrators gave, as they read it. */
@Injectable()
export class CompRepository {
  constructor(private readonly database: Database) {}

  /** Newest first. */
  async find(filter: CompFilter, now: Date, page: PageRequest): Promise<[CompRecord[], number]> {
    const rows = await this.select(filter, now)
      .orderBy('s.id', 'DESC')
      .offset(offsetOf(page))
      .limit(page.size)
      .getRawMany<CompRecord>();
    return [rows, await this.select(filter, now).getCount()];
  }

  async byId(id: number): Promise<CompRecord | undefined> {
    return this.select({}).andWhere('s.id = :id', { id }).getRawOne<CompRecord>();
  }

  private select({ account, tier, live }: CompFilter, now?: Date): SelectQueryBuilder<MembershipSource> {
    const query = this.database.manager
      .createQueryBuilder(MembershipSource, 's')
      .innerJoin(Membership, 'm', 'm.id = s.membership_id')
      .select('s.id', 'id')
      .addSelect('m.account_id', 'accountId')
      .addSelect('m.tier_id', 'tierId')
      .addSelect('s.reason', 'reason')
      .addSelect('s.ends_at', 'endsAt')
      .addSelect('s.granted_by', 'grantedBy')
      .addSelect('s.created_at', 'createdAt')
      .addSelect('s.ended_at', 'endedAt')
      .where("s.kind = 'comp'");
    if (account !== undefined) query.andWhere('m.account_id = :account', { account });
    if (tier !== undefined) query.andWhere('m.tier_id = :tier', { tier });
    if (live !== undefined) {
      const holds = '(s.ended_at is null and (s.ends_at is null or s.ends_at > :now))';
      query.andWhere(live ? holds : `not ${holds}`, { now });
    }
    return query;
  }
}
