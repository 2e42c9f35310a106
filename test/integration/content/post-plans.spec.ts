import { TypeOrmModule } from '@nestjs/typeorm';
import type { Viewer } from '../../../src/content/access/post-access.service';
import { Post } from '../../../src/content/post/post.entity';
import { PostGateService } from '../../../src/content/post/post-gate.service';
import { PostListRepository } from '../../../src/content/post/post-list.repository';
import { Gateway } from '../../../src/infra/database/gateway';
import { planOf } from '../../setup/plan-of';
import { describeOnPostgres } from '../../setup/on-postgres';
import { startTestDatabase, type TestDatabase } from '../../setup/test-database';

/** Which of the two depends on how many posts of a creator are not out. */
const NEWEST_FIRST = /Index (?:Only )?Scan Backward using ix_post_creator_(?:publish|listed)/;

/** The large tables. What is open early is little, and may be read once for many posts. */
const READ_WHOLE =
  /Seq Scan on (?:post|post_like|post_tier|post_media|media|account|follow|membership|creator_counter)\b/;

const POSTS = 40_000;
const VIEWER: Viewer = { accountId: 77, isAdmin: false };
const NOW = new Date('2026-06-01T00:00:00Z');
const PAGE = { page: 1, size: 20 };

const SEED = [
  `insert into account (username, username_key, email, email_key, email_verified_at, is_creator, created_at, updated_at)
   select 'u' || n, 'u' || n, 'u' || n || '@example.com', 'u' || n || '@example.com', now(), n <= 200, now(), now()
     from generate_series(1, 20000) n`,
  `insert into tier (creator_id, name, description, prices, price_rank, course_ids, created_at, updated_at)
   select n % 4000 + 1, 'Tier', '', '[]', 100, '[]', now(), now() from generate_series(1, 12000) n`,
  `insert into membership (account_id, tier_id, creator_id, started_at, created_at, updated_at)
   select n, t.id, t.creator_id, now(), now(), now() from generate_series(201, 4000) n join tier t on t.id % 2000 = n % 2000`,
  `insert into follow (follower_id, creator_id, created_at)
   select n, (n * 7 + m) % 200 + 1, now() from generate_series(1, 4000) n cross join generate_series(1, 20) m`,
  // One in fifty is a draft, one in fifty scheduled.
  `insert into post (creator_id, kind, title, teaser, body, body_html, visibility, is_draft, publish_at, listed, counted,
      created_at, updated_at)
   select n % 200 + 1, 'text', 'Post', '', 'Body', '<p>Body</p>', (array['public', 'followers', 'members', 'tiers'])[n % 4 + 1],
      n % 50 = 0, case n % 50 when 0 then null when 1 then timestamptz '2027-01-01' + n * interval '1 second'
        else timestamptz '2026-01-01' + n * interval '1 second' end, n % 50 <> 0, n % 50 > 1, now(), now()
     from generate_series(1, ${POSTS}) n`,
  `insert into post_tier (post_id, tier_id) select p.id, t.id from post p join tier t on t.creator_id = p.creator_id
    where p.visibility = 'tiers'`,
  `insert into post_early (post_id, tier_id, from_at) select p.id, t.id, timestamptz '2026-05-01'
     from post p join tier t on t.creator_id = p.creator_id where not p.counted`,
  `insert into media (owner_id, kind, content_type, name, size, storage_key, created_at)
   select n % 200 + 1, 'image', 'image/png', 'a.png', 70, 'key-' || n, now() from generate_series(1, 10000) n`,
  `insert into post_media (post_id, media_id, position) select n * 2, n, 0 from generate_series(1, 10000) n`,
  `insert into post_like (post_id, account_id, creator_id, created_at, updated_at)
   select p.id, m, p.creator_id, now(), now() from post p cross join generate_series(1, 2) m`,
  `insert into creator_counter (account_id, post_count)
   select a.id, (select count(*) from post p where p.creator_id = a.id and p.counted) from account a`,
  'analyze',
];

describeOnPostgres('on large tables', () => {
  let test: TestDatabase;
  let lists: PostListRepository;

  beforeAll(async () => {
    const imports = [TypeOrmModule.forFeature([Post])];
    test = await startTestDatabase({ imports, providers: [PostListRepository, PostGateService] });
    lists = test.get(PostListRepository);
    for (const sql of SEED) await test.dataSource.query(sql);
  });

  async function queriesOf(call: () => Promise<unknown>): Promise<number> {
    const run = jest.spyOn(test.get(Gateway), 'run');
    await call();
    const { length } = run.mock.calls;
    run.mockRestore();
    return length;
  }

  const viewing = `77, '2026-06-01', false`;

  it('a post is one query, by primary keys', async () => {
    expect(await queriesOf(() => lists.byId(7, VIEWER, NOW))).toBe(1);
    const plan = await planOf(test, () => lists.byId(7, VIEWER, NOW), `"post.detail"(${viewing}, 7)`);
    for (const index of ['pk_post on post', 'pk_account', 'pk_post_media', 'pk_tier']) expect(plan).toContain(index);
    expect(plan).toMatch(/uq_post_like_post_account|ix_post_like_account/);
    expect(plan).not.toMatch(READ_WHOLE);
  });

  it('so is whether it may be read', async () => {
    const gate = test.get(PostGateService);
    expect(await queriesOf(() => gate.look(7, VIEWER))).toBe(1);
    const plan = await planOf(test, () => gate.look(7, VIEWER), `"post.look"(${viewing}, 7)`);
    for (const index of ['pk_post on post', 'pk_account']) expect(plan).toContain(index);
    expect(plan).not.toMatch(READ_WHOLE);
  });

  it('a creator’s posts are read in the order of their index', async () => {
    const plan = await planOf(
      test,
      () => lists.ofCreator(7, VIEWER, NOW, PAGE),
      `"post.of-creator"(${viewing}, 7, 20, 0)`,
    );
    expect(plan).toMatch(NEWEST_FIRST);
    expect(plan).not.toMatch(READ_WHOLE);
    const own = await planOf(test, () => lists.own(VIEWER, NOW, PAGE), `"post.own"(${viewing}, 20, 0)`);
    expect(own).toMatch(/Scan Backward using ix_post_creator_publish/);
    expect(own).not.toMatch(READ_WHOLE);
  });

  it('their number is the counter and what it does not know', async () => {
    const plan = await planOf(
      test,
      () => lists.countOfCreator(7, VIEWER, NOW),
      `"post.count-of-creator"(77, '2026-06-01', 7)`,
    );
    for (const index of ['pk_creator_counter', 'ix_post_creator_counted']) expect(plan).toContain(index);
    expect(plan).not.toMatch(READ_WHOLE);
    const own = await planOf(test, () => lists.countOwn(VIEWER), `"post.count-own"(77)`);
    for (const index of ['pk_creator_counter', 'ix_post_creator_counted']) expect(own).toContain(index);
    expect(own).not.toMatch(READ_WHOLE);
  });

  it('the posts of all are read from the newest on, and counted as far as they are', async () => {
    const plan = await planOf(test, () => lists.all(VIEWER, NOW, PAGE), `"post.all"(${viewing}, 20, 20, 0)`);
    expect(plan).toContain('Scan Backward using ix_post_counted');
    expect(plan).not.toMatch(READ_WHOLE);
    // A member of tiers that some of what is scheduled is open to.
    const rows = await lists.all({ accountId: 2001, isAdmin: false }, NOW, PAGE);
    const early = rows.filter(({ publish_at }) => publish_at !== null && publish_at > NOW);
    expect([rows.length, early.length > 0]).toEqual([20, true]);
    expect(await lists.countAll(VIEWER, NOW)).toBe(10_000);
  });
});
