import { invalid } from '../../common/domain-error';
import type { PostChangeRequest } from './dto/post.request';
import { type PostKind, statusOf, type PostStatus, type Visibility } from './post-view.service';

export interface Early {
  readonly tier: number;
  readonly from: Date;
}

/** Whether and when a post is out. */
export interface Publication {
  readonly isDraft: boolean;
  /** Null for a draft. */
  readonly publishAt: Date | null;
}

/** All that its author says of a post. */
export interface PostContent extends Publication {
  readonly title: string;
  readonly teaser: string;
  readonly body: string;
  readonly kind: PostKind;
  readonly link: string | null;
  readonly media: readonly number[];
  readonly visibility: Visibility;
  readonly tiers: readonly number[];
  readonly early: readonly Early[];
}

const REQUIRED = 'This field is required.';
const IN_FUTURE = 'This must be in the future.';
const IS_OUT = 'This post is out already.';

const BLANK: PostContent = {
  title: '',
  teaser: '',
  body: '',
  kind: 'text',
  link: null,
  media: [],
  visibility: 'followers',
  tiers: [],
  early: [],
  isDraft: true,
  publishAt: null,
};

/** What a new post is, as its author wishes it. Throws DomainError. */
export function composed(wish: PostChangeRequest, now: Date): PostContent {
  return changed(BLANK, { ...wish, status: wish.status ?? (wish.publish_at ? 'scheduled' : 'published') }, now);
}

/** What a post becomes; of what is not wished nothing changes. Throws DomainError. */
export function changed(post: PostContent, wish: PostChangeRequest, now: Date): PostContent {
  const content = {
    title: wish.title ?? post.title,
    teaser: wish.teaser ?? post.teaser,
    body: wish.body ?? post.body,
    kind: wish.kind ?? post.kind,
    link: wish.link === undefined ? post.link : wish.link || null,
    media: wish.media ?? post.media,
  };
  if (content.kind === 'link' && content.link === null) throw invalid({ link: [REQUIRED] });
  const publication = published(post, wish, now);
  const readers = audience(post, wish);
  const early = earlyAccess(post, wish, publication, now);
  if (statusOf(publication.isDraft, publication.publishAt, now) !== 'published') keepEarly(early, readers, wish);
  return { ...content, ...publication, ...readers, early };
}

/** Without any left a post of visibility `tiers` is its author's alone. Who loses it doesn't go on reading it early. */
export function withoutTiers(post: PostContent, tiers: readonly number[]): PostContent {
  const gone = new Set(tiers.filter((tier) => post.tiers.includes(tier)));
  return {
    ...post,
    tiers: post.tiers.filter((tier) => !gone.has(tier)),
    early: post.early.filter(({ tier }) => !gone.has(tier)),
  };
}

/** A post whose tiers were all taken off stays for its author alone; nothing else makes it so. */
function audience(post: PostContent, wish: PostChangeRequest): Pick<PostContent, 'visibility' | 'tiers'> {
  const named = wish.tiers !== undefined && wish.tiers.length > 0;
  const visibility = wish.visibility ?? (named ? 'tiers' : post.visibility);
  if (visibility === 'tiers') {
    const tiers = wish.tiers ?? post.tiers;
    const hadNone = post.visibility === 'tiers' && post.tiers.length === 0;
    if (tiers.length === 0 && !hadNone) throw invalid({ tiers: [REQUIRED] });
    return { visibility, tiers };
  }
  if (named) throw invalid({ visibility: ['With tiers this can only be "tiers".'] });
  return { visibility, tiers: [] };
}

function published(post: Publication, wish: PostChangeRequest, now: Date): Publication {
  const before = statusOf(post.isDraft, post.publishAt, now);
  const status = wish.status ?? (before === 'draft' && wish.publish_at ? 'scheduled' : before);
  if (before === 'published') return stillOut(post, status, wish.publish_at);
  switch (status) {
    case 'draft':
      return { isDraft: true, publishAt: null };
    case 'scheduled':
      return { isDraft: false, publishAt: futureOf(post, wish.publish_at, now) };
    case 'published':
      if (wish.publish_at && !same(wish.publish_at, post.publishAt)) {
        throw invalid({ publish_at: ['What is published now has no other time: leave it out, or schedule the post.'] });
      }
      return { isDraft: false, publishAt: now };
  }
}

/** Nothing takes a post back once it has been out. */
function stillOut(post: Publication, status: PostStatus, publishAt: Date | null | undefined): Publication {
  if (status !== 'published') throw invalid({ status: [IS_OUT] });
  if (publishAt !== undefined && !same(publishAt, post.publishAt)) throw invalid({ publish_at: [IS_OUT] });
  return { isDraft: post.isDraft, publishAt: post.publishAt };
}

function futureOf(post: Publication, wished: Date | null | undefined, now: Date): Date {
  const publishAt = wished === undefined ? post.publishAt : wished;
  if (publishAt === null) throw invalid({ publish_at: [REQUIRED] });
  if (publishAt <= now) throw invalid({ publish_at: [IN_FUTURE] });
  return publishAt;
}

/** Kept, and without a meaning, once the post is out. */
function earlyAccess(
  post: PostContent,
  wish: PostChangeRequest,
  { isDraft, publishAt }: Publication,
  now: Date,
): readonly Early[] {
  const early = wish.early ?? post.early;
  const isOut = statusOf(isDraft, publishAt, now) === 'published';
  if (isOut && !sameEarly(early, post.early)) {
    throw invalid({ early: ['Only a draft or a scheduled post can be opened early.'] });
  }
  if (new Set(early.map(({ tier }) => tier)).size < early.length) throw invalid({ early: ['A tier is named twice.'] });
  if (!isOut && publishAt !== null && early.some(({ from }) => from >= publishAt)) {
    throw invalid({ early: ['Early access begins before publish_at.'] });
  }
  return early;
}

/** Whoever reads a post of visibility `tiers` early would lose it when it comes out, were theirs not among its tiers. */
function keepEarly(
  early: readonly Early[],
  { visibility, tiers }: Pick<PostContent, 'visibility' | 'tiers'>,
  wish: PostChangeRequest,
): void {
  const isAsked = wish.early !== undefined || wish.tiers !== undefined || wish.visibility !== undefined;
  if (!isAsked || visibility !== 'tiers') return;
  const other = early.find(({ tier }) => !tiers.includes(tier));
  if (other !== undefined) throw invalid({ early: [`Tier ${other.tier} is not among the tiers.`] });
}

function sameEarly(one: readonly Early[], other: readonly Early[]): boolean {
  return one.length === other.length && one.every((a) => other.some((b) => a.tier === b.tier && same(a.from, b.from)));
}

function same(one: Date | null, other: Date | null): boolean {
  return one?.getTime() === other?.getTime();
}
