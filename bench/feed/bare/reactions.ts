import type { Answer, Handler } from '../../bare/handler';
import { accountOf } from './reader';
import { run } from './texts';

const LIKE = `with held as (select id, creator_id from post where id = $1 for update),
  given as (
    insert into post_like (post_id, account_id, creator_id, liked, created_at, updated_at)
    select h.id, a.id, h.creator_id, true, $3, $3 from held h join account a on a.id = $2
    on conflict (post_id, account_id) do nothing returning id, post_id, account_id, liked, created_at),
  counted as (update post set like_count = like_count + 1 where id in (select post_id from given) returning id)
  select g.id, g.post_id, g.liked, g.created_at, a.username, a.profile_pic
    from given g join account a on a.id = g.account_id left join counted c on c.id = g.post_id`;

const COMMENT = `with held as (select id, creator_id from post where id = $1 for update),
  said as (
    insert into post_comment (post_id, creator_id, author_id, body, state, created_at, updated_at)
    select h.id, h.creator_id, a.id, $4, 'visible', $3, $3 from held h join account a on a.id = $2
      where not exists (select 1 from comment_ban b where b.account_id = a.id and b.creator_id in (0, h.creator_id))
    returning id, post_id, author_id, body, created_at),
  counted as (update post set comment_count = comment_count + 1 where id in (select post_id from said) returning id)
  select s.*, a.username, a.profile_pic from said s join account a on a.id = s.author_id
    left join counted c on c.id = s.post_id`;

const refused: Answer = { status: 401, body: {} };

/** Two statements, each a transaction of its own. */
export const like: Handler = async (pool, { request, body }) => {
  const account = accountOf(request);
  if (account === 0) return refused;
  const { content } = JSON.parse(body.toString()) as { content: number };
  const now = new Date();
  const gate = await run<{ open: boolean }>(pool, 'post.look', [account, now, false, content]);
  if (gate.rows[0]?.open !== true) return { status: 403, body: {} };
  const { rows } = await pool.query<object>({ name: 'bare.like', text: LIKE, values: [content, account, now] });
  return { status: rows.length > 0 ? 201 : 200, body: rows[0] ?? {} };
};

export const comment: Handler = async (pool, { request, body }) => {
  const account = accountOf(request);
  if (account === 0) return refused;
  const { content, body: text } = JSON.parse(body.toString()) as { content: number; body: string };
  const now = new Date();
  const gate = await run<{ open: boolean }>(pool, 'post.look', [account, now, false, content]);
  if (gate.rows[0]?.open !== true) return { status: 403, body: {} };
  const values = [content, account, now, text];
  const { rows } = await pool.query<object>({ name: 'bare.comment', text: COMMENT, values });
  return rows[0] ? { status: 201, body: rows[0] } : { status: 403, body: {} };
};
