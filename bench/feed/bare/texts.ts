import 'reflect-metadata';
import '../../../src/content/like/like.repository';
import '../../../src/content/comment/comment.repository';
import '../../../src/content/comment/comment-view.repository';
import '../../../src/content/moderation/comment-ban.repository';
import '../../../src/content/post/post-gate.service';
import '../../../src/content/post/post-list.repository';
import '../../../src/feed/home/home.repository';
import '../../../src/feed/profile/profile.repository';
import '../../../src/feed/search/creator-name.repository';
import '../../../src/feed/search/post-search.repository';
import type { Pool, QueryResult } from 'pg';
import { POSTGRES_REPLAN } from '../../../src/infra/database/session-settings';
import { textOf } from '../../../src/infra/database/statement';

/** Runs a statement of the application by its name, prepared. */
export function run<T extends object>(pool: Pool, name: string, values: unknown[]): Promise<QueryResult<T>> {
  return pool.query<T>({ name, text: textOf(name), values });
}

/** The same where the application has it planned every time. */
export async function replan<T extends object>(pool: Pool, name: string, values: unknown[]): Promise<QueryResult<T>> {
  const client = await pool.connect();
  try {
    const [, result] = await Promise.all([
      client.query(POSTGRES_REPLAN.before),
      client.query<T>({ text: textOf(name), values }),
      client.query(POSTGRES_REPLAN.after),
    ]);
    return result;
  } finally {
    client.release();
  }
}
