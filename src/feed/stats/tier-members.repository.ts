import { Injectable } from '@nestjs/common';
import { BUCKET_SECONDS } from '../../common/local-day';
import { byQuarterHour } from '../../infra/database/by-quarter-hour';
import { Database } from '../../infra/database/database';
import type { TierMove } from './tier-members.rules';

/** When a span ended: what is ended early does not last until its date, and what is over by its date may be ended late. */
const endOf = (ended: string, until: string): string =>
  `case when ${ended} is null or ${until} < ${ended} then ${until} else ${ended} end`;

const NEVER = `timestamp '9999-12-31 00:00:00'`;

/**
 * $1 = whose, $2 = now, $3 = since when, $4 = the quarter hour of that, $5 = the most tiers. A membership's row tells its
 * latest span; those before it are what has held it since it was made. They overlap: of each person they are made one. Of two that are the same, the one that opens comes first.
 */
const MOVES = byQuarterHour(
  'stats.tier-members',
  (bucketOf) => `
  with listed as (
    select id, name, price_rank, archived_at from tier where creator_id = $1
     order by case when archived_at is null then 0 else 1 end, archived_at desc, id desc limit $5
  ), held as (
    select m.id, m.tier_id, m.started_at as starts, ${endOf('m.ended_at', 'm.access_until')} as ends
      from listed l join membership m on m.tier_id = l.id where m.ended_at is null or m.ended_at > $3
    union all
    select m.id, m.tier_id, s.created_at, ${endOf('s.ended_at', 's.ends_at')}
      from listed l join membership m on m.tier_id = l.id join membership_source s on s.membership_id = m.id
     where m.ended_at is null or m.ended_at > $3
  ), spans as (
    select id, tier_id, starts, coalesce(ends, ${NEVER}) as ends from held
     where starts <= $2 and (ends is null or (ends > starts and ends > $3))
  ), parted as (
    select s.*, case when starts <= max(ends) over (
        partition by id order by starts, ends rows between unbounded preceding and 1 preceding) then 0 else 1 end as opens
      from spans s
  ), numbered as (
    select p.*, sum(opens) over (
        partition by id order by starts, ends, opens desc rows unbounded preceding) as number
      from parted p
  ), whole as (
    select tier_id, min(starts) as starts, max(ends) as ends from numbered group by tier_id, id, number
  ), moves as (
    select tier_id, case when starts < $3 then $4::bigint else ${bucketOf('starts')} end as bucket, 1 as difference from whole
    union all
    select tier_id, ${bucketOf('ends')}, -1 from whole where ends <= $2
  )
  select l.id as tier, l.name, m.bucket, sum(m.difference) as difference
    from listed l left join moves m on m.tier_id = l.id
   where m.tier_id is not null or l.archived_at is null
   group by l.id, l.name, l.price_rank, m.bucket order by l.price_rank, l.id, m.bucket`,
);

const MOST_TIERS = 100;

@Injectable()
export class TierMembersRepository {
  constructor(private readonly database: Database) {}

  /** Who was a member when that time begins has come then. Of the tiers that can be had, and those archived last. */
  async moves(creatorId: number, now: Date, since: Date): Promise<TierMove[]> {
    const first = Math.floor(since.getTime() / 1000 / BUCKET_SECONDS);
    const rows = await this.database.rows<TierMove>(MOVES, [creatorId, now, since, first, MOST_TIERS]);
    return rows.map((row) => ({
      ...row,
      bucket: row.bucket === null ? null : Number(row.bucket),
      difference: Number(row.difference ?? 0),
    }));
  }
}
