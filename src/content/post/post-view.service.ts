import { Injectable } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { SHORT_PAGE_LIMITS } from '../../common/page';
import { type JsonList, listOf } from '../../infra/database/json-column';
import { isOpen, VIEWER } from '../access/post-access.service';
import { MediaLinkService, mediaTuple, type MediaTuple, MediaView } from '../media/media-link.service';

export const POST_KINDS = ['text', 'image', 'video', 'audio', 'link'] as const;
export type PostKind = (typeof POST_KINDS)[number];
export const VISIBILITIES = ['public', 'followers', 'members', 'tiers'] as const;
export type Visibility = (typeof VISIBILITIES)[number];
export const POST_STATUSES = ['draft', 'scheduled', 'published'] as const;
export type PostStatus = (typeof POST_STATUSES)[number];

const INSTANT = { type: String, format: 'date-time', nullable: true } as const;

/** Whose something is, as every answer names people. */
export class PersonView {
  @ApiProperty({ type: 'integer', example: 7 })
  id: number;

  @ApiProperty({ example: 'asha' })
  username: string;

  @ApiProperty({ description: 'A URL, or empty.', example: '' })
  profile_pic: string;
}

export class PriceView {
  @ApiProperty({ example: 'INR' })
  currency: string;

  @ApiProperty({ type: 'integer', description: "In the currency's minor unit.", example: 19900 })
  amount: number;
}

export class UnlockView {
  @ApiProperty({ type: 'integer', example: 3 })
  tier: number;

  @ApiProperty({ example: 'Gold' })
  name: string;

  @ApiProperty({ type: PriceView, isArray: true })
  prices: PriceView[];
}

export class EarlyView {
  @ApiProperty({ type: 'integer', example: 3 })
  tier: number;

  @ApiProperty({ type: String, format: 'date-time' })
  from: string;
}

/** A post as one viewer may see it; of a locked one neither body nor link nor media. */
export class PostView {
  @ApiProperty({ type: 'integer', example: 12 })
  id: number;

  @ApiProperty({ type: PersonView })
  creator: PersonView;

  @ApiProperty({ example: 'How I mix a rhythm track' })
  title: string;

  @ApiProperty({ example: 'Three channels, one bus.' })
  teaser: string;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Markdown; null while locked.',
    example: 'First, *listen*.',
  })
  body: string | null;

  @ApiProperty({ type: String, nullable: true, example: '<p>First, <em>listen</em>.</p>\n' })
  body_html: string | null;

  @ApiProperty({ enum: POST_KINDS, example: 'text' })
  kind: PostKind;

  @ApiProperty({ type: String, format: 'uri', nullable: true, example: null })
  link: string | null;

  @ApiProperty({ type: MediaView, isArray: true })
  media: MediaView[];

  @ApiProperty({ type: 'integer', isArray: true, example: [3] })
  tiers: number[];

  @ApiProperty({ type: EarlyView, isArray: true, description: 'Who may read it before the others, and since when.' })
  early: EarlyView[];

  @ApiProperty({ enum: VISIBILITIES, example: 'tiers' })
  visibility: Visibility;

  @ApiProperty({ example: false })
  locked: boolean;

  @ApiProperty({
    type: UnlockView,
    nullable: true,
    description: 'The cheapest tier that opens it; one that is full only where there is no other.',
  })
  unlock: UnlockView | null;

  @ApiProperty({ type: 'integer', example: 4 })
  like_count: number;

  @ApiProperty({ type: 'integer', example: 1 })
  comment_count: number;

  @ApiProperty({ description: 'Whether you like it.', example: false })
  liked: boolean;

  @ApiProperty({ enum: POST_STATUSES, example: 'published' })
  status: PostStatus;

  @ApiProperty({ ...INSTANT, example: '2026-11-01T09:00:00.000Z' })
  publish_at: string | null;

  @ApiProperty({ type: String, format: 'date-time' })
  created_at: string;

  @ApiProperty({ type: String, format: 'date-time' })
  updated_at: string;
}

/** What `postRows` selects. Booleans are 0 or 1 on MySQL. */
export interface PostRow {
  readonly id: number;
  readonly creator_id: number;
  readonly username: string;
  readonly profile_pic: string;
  readonly title: string;
  readonly teaser: string;
  readonly body: string | null;
  readonly body_html: string | null;
  readonly link: string | null;
  readonly kind: PostKind;
  readonly visibility: Visibility;
  readonly is_draft: boolean | number;
  readonly publish_at: Date | null;
  readonly like_count: number;
  readonly comment_count: number;
  readonly version: number;
  readonly created_at: Date;
  readonly updated_at: Date;
  readonly open: boolean | number;
  readonly liked: boolean | number;
  readonly tiers: JsonList<number>;
  readonly early: JsonList<[number, string]>;
  readonly media: JsonList<MediaTuple>;
  /** [id, name, prices as JSON] of a tier. */
  readonly offer: JsonList<unknown>;
}

/**
 * A derived table with a limit is worked out once, on every dialect, before what joins it. With this one, the most that
 * a page holds and one more, the planner knows besides that there are few, and looks each thing up by its key.
 */
const FENCE = `limit ${SHORT_PAGE_LIMITS.maxSize + 1}`;

const OFFER = 'json_build_array(ut.id, ut.name, ut.prices)::text';

// What is full opens it too, and can't be had.
const IS_FULL = 'case when ut.member_count >= ut.member_limit then 1 else 0 end';
const CHEAPEST = `order by ${IS_FULL}, ut.price_rank, ut.id limit 1`;
const FOR_SALE = 'ut.archived_at is null and not ut.is_public';

/**
 * The select of posts as PostView shows them: `posts` is a select of one column `id`, with VIEWER, NOW and IS_ADMIN as
 * its first placeholders and at most a page of rows; whoever calls decides there which posts are visible. The order is not
 * kept: name one that ends with `v.id`. Further columns of `posts` that are in `carried` come along, and may order what
 * comes. What is locked doesn't leave the database.
 */
export function postRows(posts: string, order: string, carried: readonly string[] = []): string {
  const more = (alias: string): string => carried.map((column) => `, ${alias}.${column}`).join('');
  return `select v.id, v.creator_id, a.username, a.profile_pic, v.title, v.teaser, v.kind, v.visibility, v.is_draft,
      v.publish_at, v.like_count, v.comment_count, v.version, v.created_at, v.updated_at, v.open,
      case when v.open then v.body end as body, case when v.open then v.body_html end as body_html,
      case when v.open then v.link end as link,
      exists (select 1 from post_like l where l.post_id = v.id and l.account_id = ${VIEWER} and l.liked) as liked,
      (select json_agg(pt.tier_id) from post_tier pt where pt.post_id = v.id)::text as tiers,
      (select json_agg(json_build_array(e.tier_id, e.from_at)) from post_early e where e.post_id = v.id)::text as early,
      case when v.open then (select json_agg(${mediaTuple('pm', 'm')})
        from post_media pm join media m on m.id = pm.media_id where pm.post_id = v.id)::text end as media,
      case when v.open then null
        when v.visibility = 'members' then (select ${OFFER} from tier ut
          where ut.creator_id = v.creator_id and ${FOR_SALE} ${CHEAPEST})
        when v.visibility = 'tiers' then (select ${OFFER} from post_tier up join tier ut on ut.id = up.tier_id
          where up.post_id = v.id and ${FOR_SALE} ${CHEAPEST}) end as offer${more('v')}
    from (select p.*, ${isOpen('p')} as open${more('i')} from (${posts}) i join post p on p.id = i.id ${FENCE}) v
    join account a on a.id = v.creator_id
    order by ${order}`;
}

/** Makes PostView of what `postRows` selected. */
@Injectable()
export class PostViewService {
  constructor(private readonly links: MediaLinkService) {}

  /** Links to media run out 5 minutes after `now`. */
  of(row: PostRow, now: Date): PostView {
    const { publish_at } = row;
    return {
      id: row.id,
      creator: { id: row.creator_id, username: row.username, profile_pic: row.profile_pic },
      title: row.title,
      teaser: row.teaser,
      body: row.body,
      body_html: row.body_html,
      kind: row.kind,
      link: row.link,
      media: this.links.views(row.media, now),
      tiers: listOf<number>(row.tiers).sort(ascending),
      early: listOf<[number, string]>(row.early).map(earlyOf).sort(byTier),
      visibility: row.visibility,
      locked: !row.open,
      unlock: unlockOf(row.offer),
      like_count: row.like_count,
      comment_count: row.comment_count,
      liked: Boolean(row.liked),
      status: statusOf(Boolean(row.is_draft), publish_at, now),
      publish_at: publish_at?.toISOString() ?? null,
      created_at: row.created_at.toISOString(),
      updated_at: row.updated_at.toISOString(),
    };
  }
}

export function statusOf(isDraft: boolean, publishAt: Date | null, now: Date): PostStatus {
  if (isDraft || publishAt === null) return 'draft';
  return publishAt > now ? 'scheduled' : 'published';
}

function unlockOf(offer: JsonList<unknown>): UnlockView | null {
  if (offer === null) return null;
  const [tier, name, prices] = listOf<unknown>(offer) as [number, string, string];
  return { tier, name, prices: listOf<PriceView>(prices) };
}

const ascending = (a: number, b: number): number => a - b;
const byTier = (a: EarlyView, b: EarlyView): number => a.tier - b.tier;

/** Inside JSON the databases write instants in their own ways, both in UTC. */
function earlyOf([tier, from]: [number, string]): EarlyView {
  const zoned = /(?:Z|[+-]\d\d(?::?\d\d)?)$/.test(from) ? from : `${from.replace(' ', 'T')}Z`;
  return { tier, from: new Date(zoned).toISOString() };
}
