import { Injectable } from '@nestjs/common';
import { isOut } from '../../content/access/post-access.service';
import { byQuarterHour } from '../../infra/database/by-quarter-hour';
import { Database, statement } from '../../infra/database/database';
import { live } from '../../subscription/membership/entitlement.service';

export const COUNTED = ['followers', 'members', 'posts', 'likes', 'comments'] as const;
export type Counted = (typeof COUNTED)[number];

export interface BucketRow {
  readonly kind: Counted;
  /** Quarter hours since 1970, UTC. */
  readonly bucket: number;
  readonly count: number;
}

export interface TierMembers {
  readonly tier: number;
  readonly name: string;
  readonly members: number;
}

export interface TopPost {
  readonly id: number;
  readonly title: string;
  readonly likes: number;
  readonly comments: number;
}

/** On MySQL 0 or 1. */
export interface CreatorRow {
  readonly time_zone: string;
  readonly is_creator: boolean | number;
}

export interface ReaderRow {
  readonly following: number;
  readonly likes: number;
  readonly comments: number;
  readonly member_since: Date;
}

export interface MembershipRow {
  readonly tier: number;
  readonly name: string;
  readonly creator: number;
  readonly since: Date;
  readonly access_until: Date | null;
}

const CREATOR = statement('stats.creator', 'select time_zone, is_creator from account where id = $1');

// Everywhere below $1 = whose, $2 = now.
const TOTALS = statement(
  'stats.totals',
  `select coalesce(max(n.follower_count), 0) as followers,
      (select count(distinct m.account_id) from membership m where m.creator_id = $1 and ${live('m', '$2')}) as members,
      coalesce(max(n.post_count), 0)
        + (select count(*) from post p where p.creator_id = $1 and p.counted = false and ${isOut('p')}) as posts,
      (select coalesce(sum(p.like_count), 0) from post p where p.creator_id = $1) as likes,
      (select coalesce(sum(p.comment_count), 0) from post p where p.creator_id = $1) as comments
    from creator_counter n where n.account_id = $1`,
);

const BY_TIER = statement(
  'stats.by-tier',
  `select t.id as tier, t.name, count(m.id) as members from tier t
      left join membership m on m.tier_id = t.id and ${live('m', '$2')}
    where t.creator_id = $1 and (t.archived_at is null or m.id is not null)
    group by t.id, t.name, t.price_rank order by t.price_rank, t.id`,
);

/** $3 = since when. */
const SERIES = byQuarterHour('stats.series', (bucketOf) => {
  const counted = (kind: Counted, at: string, from: string): string =>
    `select '${kind}' as kind, ${bucketOf(at)} as bucket, count(*) as count from ${from} and ${at} >= $3
      group by ${bucketOf(at)}`;
  return [
    counted('followers', 'f.created_at', 'follow f where f.creator_id = $1'),
    counted('members', 'm.started_at', `membership m where m.creator_id = $1 and ${live('m', '$2')}`),
    counted('posts', 'p.publish_at', `post p where p.creator_id = $1 and ${isOut('p')}`),
    counted('likes', 'l.created_at', 'post_like l where l.creator_id = $1 and l.liked'),
    counted('comments', 'c.created_at', `post_comment c where c.creator_id = $1 and c.state = 'visible'`),
  ].join(' union all ');
});

const TOP = statement(
  'stats.top-posts',
  `select p.id, p.title, p.like_count as likes, p.comment_count as comments from post p
    where p.creator_id = $1 and ${isOut('p')} order by p.like_count desc, p.comment_count desc, p.id desc limit 5`,
);

const READER = statement(
  'stats.reader',
  `select (select count(*) from follow f join account c on c.id = f.creator_id where f.follower_id = $1) as following,
      (select count(*) from post_like l where l.account_id = $1 and l.liked) as likes,
      (select count(*) from post_comment c where c.author_id = $1 and c.state = 'visible') as comments,
      a.created_at as member_since
    from account a where a.id = $1`,
);

const MEMBERSHIPS = statement(
  'stats.memberships',
  `select m.tier_id as tier, t.name, m.creator_id as creator, m.started_at as since, m.access_until
    from membership m join tier t on t.id = m.tier_id where m.account_id = $1 and ${live('m', '$2')}
    order by m.started_at desc, m.id desc`,
);

@Injectable()
export class StatsRepository {
  constructor(private readonly database: Database) {}

  creator(accountId: number): Promise<CreatorRow | undefined> {
    return this.database.first<CreatorRow>(CREATOR, [accountId]);
  }

  async totals(creatorId: number, now: Date): Promise<Record<Counted, number>> {
    const row = await this.database.first<Record<Counted, number | string | null>>(TOTALS, [creatorId, now]);
    const numbers = COUNTED.map((kind) => [kind, Number(row?.[kind] ?? 0)]);
    return Object.fromEntries(numbers) as Record<Counted, number>;
  }

  /** The tiers that can be had, and those that still have members; the cheapest first. */
  byTier(creatorId: number, now: Date): Promise<TierMembers[]> {
    return this.database.rows<TierMembers>(BY_TIER, [creatorId, now]);
  }

  series(creatorId: number, now: Date, since: Date): Promise<BucketRow[]> {
    return this.database.rows<BucketRow>(SERIES, [creatorId, now, since]);
  }

  topPosts(creatorId: number, now: Date): Promise<TopPost[]> {
    return this.database.rows<TopPost>(TOP, [creatorId, now]);
  }

  /** Undefined where there is no account any more. */
  reader(accountId: number): Promise<ReaderRow | undefined> {
    return this.database.first<ReaderRow>(READER, [accountId]);
  }

  memberships(accountId: number, now: Date): Promise<MembershipRow[]> {
    return this.database.rows<MembershipRow>(MEMBERSHIPS, [accountId, now]);
  }
}
