import type { Pool } from 'pg';
import type { PostRow } from '../../../src/content/post/post-view.service';
import type { MatchRow } from '../../../src/feed/search/post-search.repository';
import type { CreatorRow } from '../../../src/feed/search/creator-name.repository';
import { distanceOfName, soughtTrigrams, wordsOf } from '../../../src/feed/search/creator-name.rules';
import { postgresQuery } from '../../../src/feed/search/post-query.rules';
import type { Answer, Handler } from '../../bare/handler';
import { pageOf, postOf } from './posts';
import { accountOf, idOf, queryOf } from './reader';
import { replan, run } from './texts';

const SIZE = 20;
const refused: Answer = { status: 401, body: {} };

/** The statement of a list, and its values from $4 on. */
function placed(list: string, query: URLSearchParams): [string, unknown[]] {
  const cursor = Buffer.from(query.get('cursor') ?? '', 'base64url').toString();
  const [, at, id] = /^a(\d+)\.(\d+)$/.exec(cursor) ?? [];
  if (at !== undefined) return [`${list}.after`, [SIZE + 1, new Date(Number(at)), Number(id)]];
  const offset = (Number(query.get('page') ?? 1) - 1) * SIZE;
  return [`${list}.numbered`, [SIZE + 1, offset, offset + SIZE + 1]];
}

export const feed: Handler = async (pool, { request }) => {
  const account = accountOf(request);
  if (account === 0) return refused;
  const now = new Date();
  const [name, values] = placed('feed', queryOf(request));
  const [page, counted] = await Promise.all([
    run<PostRow>(pool, name, [account, now, false, ...values]),
    run<{ count: number }>(pool, 'feed.count', [account, now]),
  ]);
  return { status: 200, body: pageOf(page.rows, Number(counted.rows[0]?.count)) };
};

export const profile: Handler = async (pool, { request }) => {
  const account = accountOf(request);
  const now = new Date();
  const creator = idOf(request);
  const [name, values] = placed('profile.posts', queryOf(request));
  const [head, page] = await Promise.all([
    run<{ tiers: string | null; post_count: number }>(pool, 'profile.read', [account, now, creator]),
    run<PostRow>(pool, name, [account, now, false, ...values, creator]),
  ]);
  const [found] = head.rows;
  if (found === undefined) return { status: 404, body: {} };
  const tiers = JSON.parse(found.tiers ?? '[]') as unknown[];
  return { status: 200, body: { ...found, tiers, posts: pageOf(page.rows, Number(found.post_count)) } };
};

export const detail: Handler = async (pool, { request }) => {
  const values = [accountOf(request), new Date(), false, idOf(request)];
  const { rows } = await run<PostRow>(pool, 'post.detail', values);
  return rows[0] ? { status: 200, body: postOf(rows[0]) } : { status: 404, body: {} };
};

export const search: Handler = async (pool, { request }) => {
  const text = queryOf(request).get('q') ?? '';
  const [creators, posts] = await Promise.all([alike(pool, text), matching(pool, accountOf(request), text)]);
  return { status: 200, body: { creators, posts } };
};

async function alike(pool: Pool, text: string): Promise<object[]> {
  const typed = wordsOf(text);
  const { rows } = await run<CreatorRow>(pool, 'creator-name.alike', [soughtTrigrams(typed), 60]);
  return rows
    .map((row) => ({ row, distance: distanceOfName(typed, wordsOf(row.username, row.first_name, row.last_name)) }))
    .filter(({ distance }) => distance !== undefined)
    .sort((a, b) => (a.distance ?? 0) - (b.distance ?? 0))
    .slice(0, 10)
    .map(({ row }) => row);
}

async function matching(pool: Pool, account: number, text: string): Promise<object> {
  const viewing = [account, new Date(), false];
  const { words, beginning } = postgresQuery(text);
  const values = [...viewing, words, beginning, SIZE, 0];
  const { rows } = await replan<MatchRow>(pool, 'post-search.matches', values);
  return pageOf(rows, rows[0]?.match_count ?? 0);
}
