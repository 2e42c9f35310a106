import { hash } from '@node-rs/argon2';
import type { Client } from 'pg';

/** Of every seeded person. */
export const PASSWORD = 'a-Bench-9-password';
/** Whom all the others follow. */
export const CREATOR = 1;
export const NOTIFICATIONS = 1_000_000;
export const FOLLOWERS = 100_000;

const POSTS = 1_000;

/** A creator with 100,000 followers, and 1,000,000 notifications half of which are of 500 readers. */
export async function seedNotifications(client: Client): Promise<void> {
  const passwordHash = await hash(PASSWORD);
  for (const sql of statements()) {
    await client.query(sql, sql.includes('$1') ? [passwordHash] : []);
  }
  for (const table of ['account', 'post', 'notification', 'notification_box', 'follow']) {
    await client.query(`vacuum analyze ${table}`);
  }
}

/** The name of the n-th person, and the username. */
export const nameOf = (id: number): string => `bell${id}`;

function statements(): string[] {
  return [
    `insert into account (username, username_key, email, email_key, password_hash, is_creator, email_verified_at, created_at,
        updated_at)
     select 'bell' || n, 'bell' || n, 'bell' || n || '@bench.example', 'bell' || n || '@bench.example', $1, n = ${CREATOR},
        now(), now(), now() from generate_series(1, ${FOLLOWERS + 1}) n`,
    `insert into creator_counter (account_id, follower_count, post_count) values (${CREATOR}, ${FOLLOWERS}, ${POSTS})`,
    `insert into post (creator_id, kind, title, teaser, body, body_html, visibility, is_draft, publish_at, listed, counted,
        announced, created_at, updated_at)
     select ${CREATOR}, 'text', 'Title ' || n, '', 'Body', '<p>Body</p>', 'public', false, now(), true, true, true, now(),
        now() from generate_series(1, ${POSTS}) n`,
    `insert into follow (follower_id, creator_id, created_at)
     select n, ${CREATOR}, now() from generate_series(2, ${FOLLOWERS + 1}) n`,
    `insert into notification (account_id, fact_key, kind, actor_id, target_type, target_id, data, shown, unread, mail,
        emailed, created_at)
     select case when n % 2 = 0 then 2 + n / 2 % 500 else 2 + n % ${FOLLOWERS} end, 'like:' || n, 'like',
        2 + n % 9973, 'post', 1 + n % ${POSTS}, '{}', true, n % 3 = 0, 'off', false, now()
       from generate_series(1, ${NOTIFICATIONS}) n`,
    `insert into notification_box (account_id, unread, total, version)
     select account_id, count(*) filter (where unread), count(*), 1 from notification group by 1`,
  ];
}
