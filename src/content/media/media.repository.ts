import { Injectable } from '@nestjs/common';
import { offsetOf, type PageRequest } from '../../common/page';
import { Database, statement } from '../../infra/database/database';
import type { MediaKind, MediaRow } from './media-link.service';

export interface NewMedia {
  readonly ownerId: number;
  readonly kind: MediaKind;
  readonly contentType: string;
  readonly name: string;
  readonly size: number;
  readonly width: number | null;
  readonly height: number | null;
  readonly storageKey: string;
  readonly previewKey: string | null;
}

export interface MediaOwner {
  readonly isCreator: boolean;
}

/** Booleans are 0 or 1 on MySQL. */
interface OwnerRow {
  readonly isCreator: boolean | number;
}

export interface StoredMedia {
  readonly id: number;
  readonly storage_key: string;
  readonly preview_key: string | null;
}

export interface ServedMedia extends StoredMedia {
  readonly kind: MediaKind;
  readonly content_type: string;
  readonly name: string;
  readonly size: number;
}

const SHOWN = `id, kind, content_type, name, size, width, height,
  case when preview_key is null then 0 else 1 end as has_preview`;

// On PostgreSQL not `for update`, which would hold up whoever names the account with a foreign key.
const LOCK_OWNER = statement(
  'media.lock-owner',
  'select is_creator as "isCreator" from account where id = $1 for no key update',
);

const OWNER = statement('media.owner', 'select is_creator as "isCreator" from account where id = $1');

const USED = statement('media.used', 'select coalesce(sum(size), 0) as used from media where owner_id = $1');

const ADD_COLUMNS = `insert into media
  (owner_id, kind, content_type, name, size, width, height, storage_key, preview_key, created_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`;

const ADD = statement('media.add', `${ADD_COLUMNS} returning id`, ADD_COLUMNS);

const PAGE = statement(
  'media.page',
  `select ${SHOWN} from media where owner_id = $1 order by id desc limit $2 offset $3`,
);

const COUNT = statement('media.count', 'select count(*) as count from media where owner_id = $1');

const OWN = statement('media.own', `select ${SHOWN} from media where id = $1 and owner_id = $2`);

const SERVED = statement(
  'media.served',
  'select id, kind, content_type, name, size, storage_key, preview_key from media where id = $1',
);

const LOCK = statement(
  'media.lock',
  'select id, storage_key, preview_key from media where id = $1 and owner_id = $2 for update',
);

const IS_UNUSED = `not exists (select 1 from post_media pm where pm.media_id = m.id)
    and not exists (select 1 from media_use mu where mu.media_id = m.id)`;

const UNUSED = statement(
  'media.unused',
  `select id, storage_key, preview_key from media m
    where owner_id = $1 and ${IS_UNUSED}
    order by id limit $2`,
);

const ABANDONED = statement(
  'media.abandoned',
  `select id from media m
    where id > $1 and created_at < $2 and ${IS_UNUSED}
    order by id limit $3`,
);

// What somebody else has in hand is passed over: a post may be about to name it.
const HOLD = statement(
  'media.hold',
  'select id from media where id = any($1::bigint[]) order by id for update skip locked',
);

const UNUSED_AMONG = statement(
  'media.unused-among',
  `select id, storage_key, preview_key from media m
    where id = any($1::bigint[]) and ${IS_UNUSED} order by id`,
);

const REMOVE = statement('media.remove', 'delete from media where id = any($1::bigint[])');

@Injectable()
export class MediaRepository {
  constructor(private readonly database: Database) {}

  /** Undefined where there is no such account any more. */
  async owner(accountId: number): Promise<MediaOwner | undefined> {
    return ownerOf(await this.database.first<OwnerRow>(OWNER, [accountId]));
  }

  /** The same; until the transaction ends nobody else adds a file of theirs. */
  async lockOwner(accountId: number): Promise<MediaOwner | undefined> {
    return ownerOf(await this.database.first<OwnerRow>(LOCK_OWNER, [accountId]));
  }

  /** In bytes. */
  async usedBy(accountId: number): Promise<number> {
    return Number((await this.database.first<{ used: string | number }>(USED, [accountId]))?.used ?? 0);
  }

  async add(media: NewMedia, now: Date): Promise<number> {
    const { ownerId, kind, contentType, name, size, width, height, storageKey, previewKey } = media;
    const values = [ownerId, kind, contentType, name, size, width, height, storageKey, previewKey, now];
    const { insertId } = await this.database.execute(ADD, values);
    if (insertId === undefined) throw new Error('the database gave the file no id');
    return insertId;
  }

  /** Newest first. */
  page(accountId: number, page: PageRequest): Promise<MediaRow[]> {
    return this.database.rows<MediaRow>(PAGE, [accountId, page.size, offsetOf(page)]);
  }

  async count(accountId: number): Promise<number> {
    return (await this.database.first<{ count: number }>(COUNT, [accountId]))?.count ?? 0;
  }

  own(id: number, accountId: number): Promise<MediaRow | undefined> {
    return this.database.first<MediaRow>(OWN, [id, accountId]);
  }

  served(id: number): Promise<ServedMedia | undefined> {
    return this.database.first<ServedMedia>(SERVED, [id]);
  }

  lock(id: number, accountId: number): Promise<StoredMedia | undefined> {
    return this.database.first<StoredMedia>(LOCK, [id, accountId]);
  }

  /** Of an account, those that nothing shows. */
  unused(accountId: number, limit: number): Promise<StoredMedia[]> {
    return this.database.rows<StoredMedia>(UNUSED, [accountId, limit]);
  }

  /** Files of before `limit` that nothing shows, with ids above `after`. */
  async abandoned(after: number, limit: Date, most: number): Promise<number[]> {
    return idsOf(await this.database.rows<{ id: number }>(ABANDONED, [after, limit, most]));
  }

  /** Those of them that nothing shows, nor begins to show until the transaction ends. */
  async holdUnused(ids: readonly number[]): Promise<StoredMedia[]> {
    const held = idsOf(await this.database.rows<{ id: number }>(HOLD, [ids]));
    // Asked anew: whoever had held one may have named it.
    return held.length === 0 ? [] : this.database.rows<StoredMedia>(UNUSED_AMONG, [held]);
  }

  /** A foreign key holds what something shows. */
  async remove(ids: readonly number[]): Promise<void> {
    await this.database.execute(REMOVE, [ids]);
  }
}

function ownerOf(row: OwnerRow | undefined): MediaOwner | undefined {
  return row && { isCreator: Boolean(row.isCreator) };
}

function idsOf(rows: readonly { id: number }[]): number[] {
  return rows.map(({ id }) => id);
}
