import type { Principal } from '../../common/current-user';
import { entitledTo, memberOf, paidMemberOf } from '../../subscription/membership/entitlement.service';

/**
 * Who looks: the placeholders that every statement over posts begins with. A statement that asks for many readers at once
 * hands the predicates a column in place of VIEWER.
 */
export const VIEWER = '$1';
export const NOW = '$2';
export const IS_ADMIN = '$3';

export interface Viewer {
  /** 0 for a stranger. */
  readonly accountId: number;
  readonly isAdmin: boolean;
}

export const STRANGER: Viewer = { accountId: 0, isAdmin: false };

export function viewerOf(user: Principal | undefined): Viewer {
  return user === undefined ? STRANGER : { accountId: user.accountId, isAdmin: user.roles.includes('admin') };
}

/** The values of VIEWER, NOW and IS_ADMIN. */
export function viewing({ accountId, isAdmin }: Viewer, now: Date): [number, Date, boolean] {
  return [accountId, now, isAdmin];
}

/** Keeps PostgreSQL from working an `exists` out for every post there is, to look a page of them up in a hash table. */
const ONE_BY_ONE = 'limit 1 offset 0';

const early = (post: string, viewer: string): string => `exists (select 1 from post_early pe
  where pe.post_id = ${post}.id and pe.from_at <= ${NOW} and ${entitledTo(viewer, 'pe.tier_id', NOW)} ${ONE_BY_ONE})`;

/** Whether the post is out, for everybody. */
export function isOut(post: string): string {
  return `(${post}.listed and ${post}.publish_at <= ${NOW})`;
}

/** Whether the post is out for this viewer before it is for everybody. */
export function isEarly(post: string): string {
  return `(${post}.listed and ${post}.publish_at > ${NOW} and ${early(post, VIEWER)})`;
}

/**
 * Whether the post is out, for this viewer: `isOut` or `isEarly`, which long lists read apart, each by a range of an
 * index. Drafts, scheduled and withdrawn posts are in no list but their author's.
 */
export function isListed(post: string, viewer = VIEWER): string {
  return `(${post}.listed and (${post}.publish_at <= ${NOW} or ${early(post, viewer)}))`;
}

/**
 * Whether the post is or was there for anybody but its author. Administrators see what moderation has withdrawn; drafts,
 * and what is out for nobody yet, are not theirs to see.
 */
const wasPublished = (post: string): string => `(not ${post}.is_draft
  and (${post}.listed or ${post}.hidden_at is not null)
  and (${post}.publish_at <= ${NOW} or exists (select 1 from post_early pe
    where pe.post_id = ${post}.id and pe.from_at <= ${NOW} ${ONE_BY_ONE})))`;

/** Whether the viewer may know of the post at all. What is not visible is not there. */
export function isVisible(post: string, viewer = VIEWER): string {
  return `(${post}.creator_id = ${viewer} or (${IS_ADMIN} and ${wasPublished(post)}) or ${isListed(post, viewer)})`;
}

const follows = (post: string, viewer: string): string => `(exists (select 1 from follow fo
    where fo.follower_id = ${viewer} and fo.creator_id = ${post}.creator_id)
  or ${memberOf(viewer, `${post}.creator_id`, NOW)})`;

const inTier = (
  post: string,
  viewer: string,
): string => `exists (select 1 from post_tier at join tier t on t.id = at.tier_id
  where at.post_id = ${post}.id and (t.is_public or ${entitledTo(viewer, 'at.tier_id', NOW)}) ${ONE_BY_ONE})`;

/**
 * The access policy: whether the viewer may read a visible post, and not only know of it. Whatever is answered of a
 * post's body, link, media and comments, in whichever channel, is decided here.
 */
export function isOpen(post: string, viewer = VIEWER): string {
  return `(${post}.creator_id = ${viewer} or ${IS_ADMIN} or case ${post}.visibility
      when 'public' then true
      when 'followers' then ${follows(post, viewer)}
      when 'members' then ${paidMemberOf(viewer, `${post}.creator_id`, NOW)}
      else ${inTier(post, viewer)}
    end or (${post}.publish_at > ${NOW} and ${early(post, viewer)}))`;
}
