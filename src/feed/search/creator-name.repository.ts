import { Injectable } from '@nestjs/common';
import { Database, statement } from '../../infra/database/database';
import { CreatorTrigram } from './creator-trigram.entity';

export interface CreatorName {
  readonly username: string;
  readonly first_name: string;
  readonly last_name: string;
}

export interface CreatorRow extends CreatorName {
  readonly id: number;
  readonly profile_pic: string;
  readonly bio: string;
  readonly follower_count: number;
}

const LOCK = statement(
  'creator-name.lock',
  'select username, first_name, last_name from account where id = $1 and is_creator for update',
);

const FORGET = statement('creator-name.forget', 'delete from creator_trigram where account_id = $1');

const LACKING = statement(
  'creator-name.lacking',
  `select a.id from account a where a.id > $1 and a.is_creator
     and not exists (select 1 from creator_trigram t where t.account_id = a.id) order by a.id limit $2`,
);

/** Of how many the accounts are looked at: some of them may be closed. */
const MOST_COMPARED = 400;

/** Every trigram is a range of the primary key. */
const ALIKE = statement(
  'creator-name.alike',
  `select a.id, a.username, a.first_name, a.last_name, a.profile_pic, a.bio, s.follower_count
    from (select h.account_id, h.shared, coalesce(n.follower_count, 0) as follower_count
        from (select t.account_id, count(*) as shared from creator_trigram t where t.trigram = any($1::text[])
            group by t.account_id) h
        left join creator_counter n on n.account_id = h.account_id
        order by h.shared desc, coalesce(n.follower_count, 0) desc, h.account_id limit ${MOST_COMPARED}) s
    join account a on a.id = s.account_id and a.is_active and a.is_creator
    order by s.shared desc, s.follower_count desc, a.id limit $2`,
);

@Injectable()
export class CreatorNameRepository {
  constructor(private readonly database: Database) {}

  /** The name of a creator, which stays until the unit of work ends; undefined where there is none. */
  lock(accountId: number): Promise<CreatorName | undefined> {
    return this.database.first<CreatorName>(LOCK, [accountId]);
  }

  async replace(accountId: number, trigrams: ReadonlySet<string>): Promise<void> {
    await this.database.execute(FORGET, [accountId]);
    const rows = [...trigrams].map((trigram) => ({ trigram, accountId }));
    if (rows.length > 0) await this.database.manager.insert(CreatorTrigram, rows);
  }

  /** Creators above `last` who have no trigrams. */
  async lacking(last: number, limit: number): Promise<number[]> {
    return (await this.database.rows<{ id: number }>(LACKING, [last, limit])).map(({ id }) => id);
  }

  /** Active creators, those with most of the trigrams first, then those with most followers. */
  alike(trigrams: readonly string[], limit: number): Promise<CreatorRow[]> {
    return this.database.rows<CreatorRow>(ALIKE, [trigrams, limit]);
  }
}
