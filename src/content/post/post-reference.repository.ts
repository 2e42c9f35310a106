import { Injectable } from '@nestjs/common';
import { Database, statement } from '../../infra/database/database';

const IS_CREATOR = statement('post-reference.is-creator', 'select id from account where id = $1 and is_creator');

// Held until the unit of work ends, so that no account is closed and no tier or file goes while a post begins to name it.
const CREATOR = statement(
  'post-reference.creator',
  'select id from account where id = $1 and is_creator for key share',
);

const TIERS = statement(
  'post-reference.tiers',
  `select id, is_public as "isPublic" from tier where id = any($1) and creator_id = $2 and archived_at is null
    order by id for key share`,
);

const MEDIA = statement(
  'post-reference.media',
  'select id from media where id = any($1) and owner_id = $2 order by id for key share',
);

/** What a post may name. But for `isCreator` only inside the unit of work that writes the post. */
@Injectable()
export class PostReferenceRepository {
  constructor(private readonly database: Database) {}

  async isCreator(accountId: number): Promise<boolean> {
    return (await this.database.first(IS_CREATOR, [accountId])) !== undefined;
  }

  /** The same, and it stays so. */
  async holdCreator(accountId: number): Promise<boolean> {
    return (await this.database.first(CREATOR, [accountId])) !== undefined;
  }

  /** Those of `ids` that are tiers of this creator's and not archived, each with whether it is free. */
  async tiers(ids: readonly number[], creatorId: number): Promise<Map<number, boolean>> {
    if (ids.length === 0) return new Map();
    const rows = await this.database.rows<{ id: number; isPublic: boolean | number }>(TIERS, [ids, creatorId]);
    return new Map(rows.map(({ id, isPublic }) => [id, Boolean(isPublic)]));
  }

  /** Those of `ids` that are no files of this account's. */
  async unknownMedia(ids: readonly number[], ownerId: number): Promise<number[]> {
    if (ids.length === 0) return [];
    const found = await this.database.rows<{ id: number }>(MEDIA, [ids, ownerId]);
    return ids.filter((id) => !found.some((row) => row.id === id));
  }
}
