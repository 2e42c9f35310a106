import { Injectable } from '@nestjs/common';
import { Database, statement } from '../../infra/database/database';

// Held until the unit of work ends, so that no account is closed and no tier or file goes while a post begins to name it.
const CREATOR = statement(
  'post-reference.creator',
  'select id from account where id = $1 and is_creator for key share',
  'select id from account where id = $1 and is_creator lock in share mode',
);

const TIERS = statement(
  'post-reference.tiers',
  'select id from tier where id = any($1) and creator_id = $2 and archived_at is null order by id for key share',
  'select id from tier where id in ($1) and creator_id = $2 and archived_at is null order by id lock in share mode',
);

const MEDIA = statement(
  'post-reference.media',
  'select id from media where id = any($1) and owner_id = $2 order by id for key share',
  'select id from media where id in ($1) and owner_id = $2 order by id lock in share mode',
);

/** What a post may name. Only inside the unit of work that writes the post. */
@Injectable()
export class PostReferenceRepository {
  constructor(private readonly database: Database) {}

  async isCreator(accountId: number): Promise<boolean> {
    return (await this.database.first(CREATOR, [accountId])) !== undefined;
  }

  /** Those of `ids` that are no tiers of this creator's, or archived. */
  async unknownTiers(ids: readonly number[], creatorId: number): Promise<number[]> {
    if (ids.length === 0) return [];
    return missing(ids, await this.database.rows<{ id: number }>(TIERS, [ids, creatorId]));
  }

  /** Those of `ids` that are no files of this account's. */
  async unknownMedia(ids: readonly number[], ownerId: number): Promise<number[]> {
    if (ids.length === 0) return [];
    return missing(ids, await this.database.rows<{ id: number }>(MEDIA, [ids, ownerId]));
  }
}

function missing(ids: readonly number[], found: readonly { id: number }[]): number[] {
  return ids.filter((id) => !found.some((row) => row.id === id));
}
