import { Chance } from './chance';
import type { Community } from './community';
import type { TableRows } from './copy';
import { accountId, goldOf, silverOf } from './people';
import { body, remark, title } from './text';

export const postId = (index: number): number => index + 1;

export function posts(community: Community): TableRows {
  const { shape, creatorOf, likesOf, commentsOf } = community;
  const texts = ['id', 'creator_id', 'kind', 'title', 'teaser', 'body', 'body_html', 'visibility'];
  const states = [
    'publish_at',
    'listed',
    'counted',
    'announced',
    'like_count',
    'comment_count',
    'created_at',
    'updated_at',
  ];
  return {
    table: 'post',
    columns: [...texts, ...states],
    *rows() {
      const chance = new Chance(13);
      for (let index = 0; index < shape.posts; index += 1) {
        const at = community.publishedAt(index);
        const creator = accountId(creatorOf[index] ?? 0);
        const text = body(chance);
        const words = [title(chance), title(chance), text, `<p>${text}</p>\n`, community.visibility(index)];
        const counts = [likesOf[index] ?? 0, commentsOf[index] ?? 0];
        yield [postId(index), creator, 'text', ...words, at, true, true, true, ...counts, at, at];
      }
    },
  };
}

export function postTiers(community: Community): TableRows {
  const { shape, creatorOf } = community;
  return {
    table: 'post_tier',
    columns: ['post_id', 'tier_id'],
    *rows() {
      for (let index = 0; index < shape.posts; index += 1) {
        if (community.visibility(index) !== 'tiers') continue;
        const creator = creatorOf[index] ?? 0;
        yield [postId(index), goldOf(creator)];
        if (index % 2 === 0) yield [postId(index), silverOf(creator)];
      }
    },
  };
}

/** Prime, so that its multiples meet every user before they repeat. */
const STRIDE = 7919;

/** Different users for each post: `count` of them. */
function* someUsers(chance: Chance, count: number, users: number): Generator<number> {
  const first = chance.below(users);
  const stride = users % STRIDE === 0 ? 1 : STRIDE;
  for (let turn = 0; turn < count; turn += 1) yield accountId((first + turn * stride) % users);
}

export function likes(community: Community): TableRows {
  const { shape, creatorOf, likesOf } = community;
  return {
    table: 'post_like',
    columns: ['post_id', 'account_id', 'creator_id', 'created_at', 'updated_at'],
    *rows() {
      const chance = new Chance(17);
      for (let index = 0; index < shape.posts; index += 1) {
        const at = community.publishedAt(index);
        const creator = accountId(creatorOf[index] ?? 0);
        for (const user of someUsers(chance, likesOf[index] ?? 0, shape.users)) {
          yield [postId(index), user, creator, at, at];
        }
      }
    },
  };
}

export function comments(community: Community): TableRows {
  const { shape, creatorOf, commentsOf } = community;
  return {
    table: 'post_comment',
    columns: ['post_id', 'creator_id', 'author_id', 'body', 'state', 'created_at', 'updated_at'],
    *rows() {
      const chance = new Chance(19);
      for (let index = 0; index < shape.posts; index += 1) {
        const at = community.publishedAt(index);
        const creator = accountId(creatorOf[index] ?? 0);
        for (const user of someUsers(chance, commentsOf[index] ?? 0, shape.users)) {
          yield [postId(index), creator, user, remark(chance), 'visible', at, at];
        }
      }
    },
  };
}
