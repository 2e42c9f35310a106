import { Injectable } from '@nestjs/common';
import { Database, statement } from '../../infra/database/database';
import { PostMedia } from '../media/post-media.entity';
import { PostEarly } from './post-early.entity';
import { PostTier } from './post-tier.entity';
import type { Early, PostContent } from './post.rules';
import type { PostKind, Visibility } from './post-view.service';

export interface StoredPost {
  readonly version: number;
  readonly counted: boolean;
  readonly content: PostContent;
}

export type PostTexts = Pick<PostContent, 'title' | 'teaser' | 'body'>;

interface Row extends PostTexts {
  readonly kind: PostKind;
  readonly link: string | null;
  readonly visibility: Visibility;
  /** Booleans are 0 or 1 on MySQL. */
  readonly isDraft: boolean | number;
  readonly publishAt: Date | null;
  readonly counted: boolean | number;
  readonly version: number;
}

const ADD = statement(
  'post.add',
  `insert into post (creator_id, kind, title, teaser, body, body_html, link, visibility, is_draft, publish_at,
      created_at, updated_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11) returning id`,
);

const CHANGE = statement(
  'post.change',
  `update post set kind = $2, title = $3, teaser = $4, body = $5, body_html = coalesce($6, body_html), link = $7, visibility = $8,
      is_draft = $9, publish_at = $10, updated_at = $11, version = version + 1 where id = $1`,
);

const HELD = statement(
  'post.held',
  `select title, teaser, body, kind, link, visibility, is_draft as "isDraft", publish_at as "publishAt", counted, version
     from post where id = $1 for update`,
);

const TEXTS = statement('post.texts', 'select title, teaser, body from post where id = $1');

const TIERS = statement('post.tiers', 'select tier_id as id from post_tier where post_id = $1 order by tier_id');
const MEDIA = statement('post.media', 'select media_id as id from post_media where post_id = $1 order by position');
const EARLY = statement(
  'post.early',
  'select tier_id as tier, from_at as "from" from post_early where post_id = $1 order by tier_id',
);

const FORGET_TIERS = statement('post.forget-tiers', 'delete from post_tier where post_id = $1');
const FORGET_MEDIA = statement('post.forget-media', 'delete from post_media where post_id = $1');
const FORGET_EARLY = statement('post.forget-early', 'delete from post_early where post_id = $1');

const REMOVE = statement('post.remove', 'delete from post where id = any($1)');

const SOME_OF = statement('post.some-of', 'select id from post where creator_id = $1 order by id limit $2 for update');

/** Posts as their authors write them. But for `texts` only inside a unit of work. */
@Injectable()
export class PostRepository {
  constructor(private readonly database: Database) {}

  async add(creatorId: number, content: PostContent, html: string, now: Date): Promise<number> {
    const { insertId } = await this.database.execute(ADD, [creatorId, ...columnsOf(content, html), now]);
    if (insertId === undefined) throw new Error('The post was given no id');
    return insertId;
  }

  /** Without `html` the post keeps its own. */
  async change(id: number, content: PostContent, html: string | undefined, now: Date): Promise<void> {
    await this.database.execute(CHANGE, [id, ...columnsOf(content, html), now]);
  }

  /** Holds nothing: they may be others by now. */
  texts(id: number): Promise<PostTexts | undefined> {
    return this.database.first<PostTexts>(TEXTS, [id]);
  }

  /** Holds the post's row. */
  async held(id: number): Promise<StoredPost | undefined> {
    const row = await this.database.first<Row>(HELD, [id]);
    if (row === undefined) return undefined;
    const { counted, version, isDraft, ...texts } = row;
    const tiers = idsOf(await this.database.rows<{ id: number }>(TIERS, [id]));
    const media = idsOf(await this.database.rows<{ id: number }>(MEDIA, [id]));
    const early = await this.database.rows<Early>(EARLY, [id]);
    return {
      version,
      counted: Boolean(counted),
      content: { ...texts, isDraft: Boolean(isDraft), tiers, media, early },
    };
  }

  async nameTiers(postId: number, tiers: readonly number[]): Promise<void> {
    await this.database.execute(FORGET_TIERS, [postId]);
    const rows = tiers.map((tierId) => ({ postId, tierId }));
    if (rows.length > 0) await this.database.manager.insert(PostTier, rows);
  }

  /** In the order in which they are shown. */
  async nameMedia(postId: number, media: readonly number[]): Promise<void> {
    await this.database.execute(FORGET_MEDIA, [postId]);
    const rows = media.map((mediaId, position) => ({ postId, mediaId, position }));
    if (rows.length > 0) await this.database.manager.insert(PostMedia, rows);
  }

  async nameEarly(postId: number, early: readonly Early[]): Promise<void> {
    await this.database.execute(FORGET_EARLY, [postId]);
    const rows = early.map(({ tier, from }) => ({ postId, tierId: tier, fromAt: from }));
    if (rows.length > 0) await this.database.manager.insert(PostEarly, rows);
  }

  /** With all that hangs on them. */
  async remove(ids: readonly number[]): Promise<void> {
    await this.database.execute(REMOVE, [ids]);
  }

  /** Some of an account's posts, held. */
  async someOf(creatorId: number, limit: number): Promise<number[]> {
    return idsOf(await this.database.rows<{ id: number }>(SOME_OF, [creatorId, limit]));
  }
}

function columnsOf(content: PostContent, html: string | undefined): unknown[] {
  const { kind, title, teaser, body, link, visibility, isDraft, publishAt } = content;
  return [kind, title, teaser, body, html ?? null, link, visibility, isDraft, publishAt];
}

function idsOf(rows: readonly { id: number }[]): number[] {
  return rows.map(({ id }) => id);
}
