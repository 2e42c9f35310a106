import type { PostRow } from '../../../src/content/post/post-view.service';
import { listOf } from '../../../src/infra/database/json-column';

function unlockOf(json: PostRow['offer']): object | null {
  if (json === null) return null;
  const [tier, name, prices] = listOf<unknown>(json) as [number, string, string];
  return { tier, name, prices: listOf(prices) };
}

/** The shape of PostView, made by hand. */
export function postOf(row: PostRow): object {
  return {
    id: row.id,
    creator: { id: row.creator_id, username: row.username, profile_pic: row.profile_pic },
    title: row.title,
    teaser: row.teaser,
    body: row.body,
    body_html: row.body_html,
    kind: row.kind,
    link: row.link,
    media: listOf(row.media),
    tiers: listOf(row.tiers),
    early: listOf(row.early),
    visibility: row.visibility,
    locked: !row.open,
    unlock: unlockOf(row.offer),
    like_count: row.like_count,
    comment_count: row.comment_count,
    liked: row.liked,
    status: 'published',
    publish_at: row.publish_at,
    created_at: row.created_at,
    updated_at: row.updated_at,
  };
}

export function pageOf(rows: readonly PostRow[], count: number): object {
  const last = rows.at(-2);
  const next = last && `http://bare/?cursor=${last.publish_at?.getTime()}.${last.id}`;
  return { count, next, previous: null, results: rows.slice(0, 20).map(postOf) };
}
