import type { Viewer } from '../../../src/content/access/post-access.service';
import { HomeRepository } from '../../../src/feed/home/home.repository';
import type { PostPageRequest } from '../../../src/feed/page/post-page.rules';
import { ProfileRepository } from '../../../src/feed/profile/profile.repository';
import { CreatorNameRepository } from '../../../src/feed/search/creator-name.repository';
import { PostSearchRepository } from '../../../src/feed/search/post-search.repository';
import { TierMembersRepository } from '../../../src/feed/stats/tier-members.repository';
import { textOf } from '../../../src/infra/database/statement';
import { describeOnPostgres } from '../../setup/on-postgres';
import { startTestDatabase, type TestDatabase } from '../../setup/test-database';

/** Which of the two depends on how many posts of a creator are not out. */
const NEWEST_FIRST = /Index (?:Only )?Scan Backward using ix_post_creator_(?:publish|listed)/;

const CREATORS = 1000;
const USERS = 2000;
const POSTS = 40_000;

/** A few creators have most of the posts and followers; every user is a member of one, and some posts are early. */
const SEED = [
  `insert into account (username, username_key, email, email_key, is_creator, created_at, updated_at)
   select 'u' || n, 'u' || n, 'u' || n || '@example.com', 'u' || n || '@example.com', n <= ${CREATORS}, now(), now()
     from generate_series(1, ${USERS}) n`,
  `insert into post (creator_id, kind, title, teaser, body, body_html, visibility, is_draft, publish_at, listed, counted,
     created_at, updated_at)
   select 1 + floor(${CREATORS} * power((n * 7919 % 100003) / 100003.0, 4)), 'text', 'Title word' || n % 5000, 'Teaser',
     repeat('Body text ', 20) || 'rare' || n % 20000, '<p>Body</p>',
     case n % 4 when 0 then 'public' when 1 then 'followers' when 2 then 'members' else 'tiers' end, n % 50 = 0,
     case when n % 50 = 0 then null else now() - n * interval '1 minute' + interval '60 minutes' end,
     n % 50 <> 0, n % 50 <> 0 and n >= 60, now(), now()
   from generate_series(1, ${POSTS}) n`,
  `insert into creator_counter (account_id, post_count)
   select creator_id, count(*) from post where counted group by creator_id`,
  'analyze',
  `insert into follow (follower_id, creator_id, created_at)
   select u, 1 + floor(${CREATORS} * power(((u * 31 + k * 97) * 7919 % 100003) / 100003.0, 3)), now()
     from generate_series(1, ${USERS}) u cross join generate_series(1, 50) k on conflict do nothing`,
  `insert into tier (creator_id, name, description, prices, price_rank, course_ids, created_at, updated_at)
   select n, 'Gold', '', '[]', 100, '[]', now(), now() from generate_series(1, ${CREATORS}) n`,
  `insert into membership (account_id, tier_id, creator_id, started_at, created_at, updated_at)
   select n, t.id, t.creator_id, now(), now(), now()
     from generate_series(1, ${USERS}) n join tier t on t.creator_id = n % 20 + 1`,
  `insert into membership_source (membership_id, kind, reference, live_slot, created_at)
   select id, 'order', n, 'order:' || n, now() - n * interval '1 hour' from membership, generate_series(1, 5) n`,
  `insert into post_tier (post_id, tier_id)
   select p.id, t.id from post p join tier t on t.creator_id = p.creator_id where p.visibility = 'tiers'`,
  `insert into post_early (post_id, tier_id, from_at)
   select p.id, t.id, now() - interval '1 day' from post p join tier t on t.creator_id = p.creator_id
    where p.id % 10 = 0 or p.publish_at > now()`,
  `insert into post_search (post_id, document)
   select id, setweight(to_tsvector('simple', title), 'A') || setweight(to_tsvector('simple', body), 'C') from post`,
  `insert into creator_trigram (trigram, account_id)
   select distinct substr('  u' || id || ' ', s, 3), id from account, generate_series(1, 4) s where is_creator`,
  'analyze',
];

describeOnPostgres('on large tables', () => {
  let test: TestDatabase;
  let viewer: Viewer;
  let cursor: NonNullable<PostPageRequest['cursor']>;
  const now = new Date();
  const at = `'${now.toISOString()}'`;
  const first: PostPageRequest = { page: 1, size: 20 };

  beforeAll(async () => {
    const providers = [
      HomeRepository,
      ProfileRepository,
      PostSearchRepository,
      CreatorNameRepository,
      TierMembersRepository,
    ];
    test = await startTestDatabase({ providers });
    // What a request is allowed is too little for a table.
    await test.unitOfWork.run(async () => {
      const { manager } = test.database;
      await manager.query('set local statement_timeout = 0');
      for (const sql of SEED) await manager.query(sql);
    });
    viewer = { accountId: 77, isAdmin: false };
    cursor = { direction: 'after', publishAt: new Date(now.getTime() - 86_400_000), id: 9 };
  }, 120_000);

  /** How PostgreSQL runs what `call` has prepared, both for these values and for any. */
  async function plansOf(call: () => Promise<unknown>, execute: string): Promise<string> {
    const plans: string[] = [];
    for (const mode of ['force_custom_plan', 'force_generic_plan']) {
      await test.unitOfWork.run(async () => {
        await call();
        const { manager } = test.database;
        await manager.query(`set local plan_cache_mode = ${mode}`);
        const rows = await manager.query<{ 'QUERY PLAN': string }[]>(`explain execute ${execute}`);
        plans.push(rows.map((row) => row['QUERY PLAN']).join('\n'));
      });
    }
    return plans.join('\n');
  }

  function expectNoScan(plan: string): void {
    expect(plan).not.toMatch(/Seq Scan on (?:post|post_tier|post_early|post_search|follow|membership)\b/);
  }

  it('the feed reads the newest posts of each creator by index', async () => {
    const home = test.get(HomeRepository);
    expect(await home.page(viewer, now, first)).toHaveLength(21);
    const plan = await plansOf(() => home.page(viewer, now, first), `"feed.numbered"(77, ${at}, false, 21, 0, 21)`);
    expect(plan).toMatch(NEWEST_FIRST);
    expectNoScan(plan);
    const place = `21, '${cursor.publishAt.toISOString()}', 9`;
    const deep = await plansOf(
      () => home.page(viewer, now, { ...first, cursor }),
      `"feed.after"(77, ${at}, false, ${place})`,
    );
    expect(deep).toMatch(NEWEST_FIRST);
    expect(deep).toContain('ROW(');
    expectNoScan(deep);
    const back = { ...first, cursor: { ...cursor, direction: 'before' as const } };
    expectNoScan(await plansOf(() => home.page(viewer, now, back), `"feed.before"(77, ${at}, false, ${place})`));
  });

  it('the feed’s count reads counters, and by index the few posts that they don’t know of', async () => {
    const home = test.get(HomeRepository);
    const plan = await plansOf(() => home.count(viewer, now), `"feed.count"(77, ${at})`);
    expect(plan).toContain('ix_post_creator_counted');
    expectNoScan(plan);
  });

  it('a profile reads its creator’s posts by index', async () => {
    const profiles = test.get(ProfileRepository);
    expectNoScan(await plansOf(() => profiles.profile(1, viewer, now), `"profile.read"(77, ${at}, 1)`));
    const plan = await plansOf(
      () => profiles.posts(1, viewer, now, first),
      `"profile.posts.numbered"(77, ${at}, false, 21, 0, 21, 1)`,
    );
    expect(plan).toMatch(NEWEST_FIRST);
    expectNoScan(plan);
  });

  it('members over time are those of one creator’s tiers', async () => {
    const members = test.get(TierMembersRepository);
    const since = new Date(now.getTime() - 30 * 86_400_000);
    expect(await members.moves(7, now, since)).not.toEqual([]);
    const values = `7, ${at}, '${since.toISOString()}', ${Math.floor(since.getTime() / 900_000)}, 100`;
    const plan = await plansOf(() => members.moves(7, now, since), `"stats.tier-members"(${values})`);
    expect(plan).toContain('uq_membership_source_live');
    expectNoScan(plan);
    expect(plan).not.toContain('Seq Scan on membership_source');
  });

  it('search finds words by the full-text index, and names by their trigrams', async () => {
    const found = async (words: string, beginning: string): Promise<string> => {
      const values = [0, now, false, words, beginning, 20, 0];
      const rows = await test.database.manager.query<{ 'QUERY PLAN': string }[]>(
        `explain ${textOf('post-search.matches')}`,
        values,
      );
      return rows.map((row) => row['QUERY PLAN']).join('\n');
    };
    const rare = await found('rare77 word77', '');
    expect(rare).toContain('ix_post_search_document');
    expectNoScan(rare);
    // What every post says is read from the newest on, until there is enough.
    const common = await found('title body', '');
    expect(common).toContain('Index Scan Backward using pk_post_search');
    expectNoScan(common);
    const names = test.get(CreatorNameRepository);
    const trigrams = ['  u', ' u7', 'u77'];
    const alike = await plansOf(() => names.alike(trigrams, 200), `"creator-name.alike"('{"  u"," u7",u77}', 200)`);
    expect(alike).toContain('pk_creator_trigram');
  });
});
