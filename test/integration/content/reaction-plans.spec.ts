import { TypeOrmModule } from '@nestjs/typeorm';
import { CommentViewRepository } from '../../../src/content/comment/comment-view.repository';
import { PostComment } from '../../../src/content/comment/post-comment.entity';
import { CreatorCounter } from '../../../src/content/follow/creator-counter.entity';
import { Follow } from '../../../src/content/follow/follow.entity';
import { FollowRepository } from '../../../src/content/follow/follow.repository';
import { LikeRepository } from '../../../src/content/like/like.repository';
import { PostLike } from '../../../src/content/like/post-like.entity';
import { Post } from '../../../src/content/post/post.entity';
import { describeOnPostgres } from '../../setup/on-postgres';
import { startTestDatabase, type TestDatabase } from '../../setup/test-database';

const PEOPLE = 5_000;
const POSTS = 2_000;
/** A tenth of all comments are on it. */
const POPULAR = 77;
const PAGE = { page: 1, size: 20 };

const SEED = [
  `insert into account (username, username_key, email, email_key, is_creator, created_at, updated_at)
   select 'u' || n, 'u' || n, 'u' || n || '@example.com', 'u' || n || '@example.com', true, now(), now()
     from generate_series(1, ${PEOPLE}) n`,
  `insert into post (creator_id, kind, title, teaser, body, body_html, visibility, publish_at, listed, created_at, updated_at)
   select n % 100 + 1, 'text', 't', '', '', '', 'public', now(), true, now(), now() from generate_series(1, ${POSTS}) n`,
  `insert into post_like (post_id, account_id, creator_id, created_at, updated_at)
   select (a.id * 7 + n * 13) % ${POSTS} + 1, a.id, 1, now(), now() from account a cross join generate_series(1, 10) n`,
  `insert into post_comment (post_id, creator_id, author_id, body, state, created_at, updated_at)
   select case when n % 10 = 0 then ${POPULAR} else n % ${POSTS} + 1 end, 1, n % ${PEOPLE} + 1, 'b', case n % 50 when 0 then 'hidden' else 'visible' end, now(), now()
     from generate_series(1, 40000) n`,
  `insert into follow (follower_id, creator_id, created_at)
   select a.id, n, now() from account a cross join generate_series(1, 8) n`,
  'analyze',
];

describeOnPostgres('on large tables', () => {
  let test: TestDatabase;

  beforeAll(async () => {
    const entities = TypeOrmModule.forFeature([CreatorCounter, Follow, Post, PostComment, PostLike]);
    const providers = [CommentViewRepository, FollowRepository, LikeRepository];
    test = await startTestDatabase({ imports: [entities], providers });
    for (const sql of SEED) await test.dataSource.query(sql);
  });

  /** How PostgreSQL runs statements that `call` has prepared on the same connection. */
  async function plansOf(call: () => Promise<unknown>, ...executions: string[]): Promise<string[]> {
    return test.unitOfWork.run(async () => {
      await call();
      const plans: string[] = [];
      for (const execution of executions) {
        const rows = await test.database.manager.query<{ 'QUERY PLAN': string }[]>(`explain execute ${execution}`);
        plans.push(rows.map((row) => row['QUERY PLAN']).join('\n'));
      }
      return plans;
    });
  }

  it("a post's likes come newest first by index", async () => {
    const likes = test.get(LikeRepository);
    const [rows] = await plansOf(() => likes.ofPost(77, PAGE), `"like.of-post"(77, 20, 0)`);
    expect(rows).toContain('ix_post_like_post');
    expect(rows).not.toMatch(/Seq Scan|Sort/);
  });

  it("an account's own likes read its own rows only", async () => {
    const likes = test.get(LikeRepository);
    const plans = await plansOf(() => likes.ofAccount(77, PAGE), `"like.own"(77, 20, 0)`, `"like.own-count"(77)`);
    for (const plan of plans) {
      expect(plan).toContain('ix_post_like_account');
      expect(plan).not.toContain('Seq Scan');
    }
  });

  it("a post's comments come by index, with the number of their replies, and are counted by the post's counter", async () => {
    const comments = test.get(CommentViewRepository);
    const viewer = { accountId: 7, seesHidden: false };
    const now = new Date();
    const [rows, count] = await plansOf(
      async () => {
        await comments.gate(POPULAR, { accountId: 7, isAdmin: false }, false, now);
        await comments.ofPost(POPULAR, viewer, PAGE);
      },
      `"comment.of-post"(7, false, ${POPULAR}, 20, 0)`,
      `"comment.gate"(7, '${now.toISOString()}', false, ${POPULAR}, false)`,
    );
    expect(rows).toContain('ix_post_comment_post');
    expect(rows).toContain('ix_post_comment_parent');
    // Among the actions of moderators it looks for hidden comments only; the table is empty here.
    expect(rows).not.toMatch(/Seq Scan on (?:post_comment|account)/);
    expect(count).toContain('pk_post');
    expect(count).toMatch(/ix_post_comment_(?:state|post)/);
    expect(count).not.toMatch(/Seq Scan on (?:post|post_comment|account)\b/);
  });

  it('whether somebody follows is asked of one row', async () => {
    const [plan] = await plansOf(() => test.get(FollowRepository).state(77, 7), `"follow.state"(77, 7)`);
    // Both indexes hold the pair.
    expect(plan).toMatch(/Index.* using (?:pk_follow|ix_follow_creator_follower)/);
    expect(plan).not.toContain('Seq Scan');
  });
});
