import { BellRepository } from '../../../src/notification/bell/bell.repository';
import { NEWEST } from '../../../src/notification/bell/bell-query.rules';
import { PostAudienceRepository } from '../../../src/notification/deliver/post-audience.repository';
import { describeOnPostgres } from '../../setup/on-postgres';
import { NotificationMailRepository } from '../../../src/notification/mail/mail.repository';
import { RetentionRepository } from '../../../src/notification/retention/retention.repository';
import { planOf } from '../../setup/plan-of';
import { startTestDatabase, type TestDatabase } from '../../setup/test-database';

const READERS = 1_000;
const NOTIFICATIONS = 150_000;
/** Has a fifth of them all. */
const FAMOUS = 1;
const NOBODY = READERS + 1;

const SEED = [
  `insert into account (username, username_key, email, email_key, is_creator, email_verified_at,
     created_at, updated_at)
   select 'n' || n, 'n' || n, 'n' || n || '@example.com', 'n' || n || '@example.com', n = ${FAMOUS}, now(), now(), now()
     from generate_series(1, ${READERS}) n`,
  `insert into post (creator_id, kind, title, teaser, body, body_html, visibility, is_draft, publish_at, listed, counted,
     created_at, updated_at)
   select ${FAMOUS}, 'text', 'Title ' || n, '', '', '', 'public', false, now(), true, true, now(), now()
     from generate_series(1, 500) n`,
  `insert into follow (follower_id, creator_id, created_at)
   select n, case when n % 2 = 0 then ${FAMOUS} else 1 + n % 40 end, now() from generate_series(2, ${READERS}) n`,
  `insert into notification (account_id, fact_key, kind, actor_id, target_type, target_id, data, shown, unread, mail,
     emailed, created_at)
   select case when n % 5 = 0 then ${FAMOUS} else 2 + n % (${READERS} - 1) end, 'like:' || n, 'like', 1 + n % 900, 'post',
     1 + n % 500, '{}', n % 50 <> 0, n % 50 <> 0 and n % 3 = 0, 'off', false, now() from generate_series(1, ${NOTIFICATIONS}) n`,
  `insert into notification_box (account_id, unread, total, version)
   select account_id, count(*) filter (where unread), count(*) filter (where shown), 1 from notification group by 1`,
  'analyze',
];

describeOnPostgres('on large tables', () => {
  let test: TestDatabase;
  let bell: BellRepository;
  const now = new Date();
  const viewer = { accountId: FAMOUS, isAdmin: false };

  beforeAll(async () => {
    test = await startTestDatabase({
      providers: [BellRepository, PostAudienceRepository, NotificationMailRepository, RetentionRepository],
    });
    bell = test.get(BellRepository);
    await test.unitOfWork.run(async () => {
      const { manager } = test.database;
      await manager.query('set local statement_timeout = 0');
      for (const sql of SEED) await manager.query(sql);
    });
  }, 120_000);

  it('the list is read from the two ends of two indexes', async () => {
    const plan = await planOf(
      test,
      () => bell.list(viewer, now, NEWEST, 10),
      `"bell.list" (${FAMOUS}, now(), false, ${NEWEST}, 10)`,
    );
    expect(plan.match(/Backward using ix_notification_unread/g)).toHaveLength(2);
    expect(plan).not.toMatch(/Seq Scan on (?:notification|post|account)\b/);
  });

  it('what came since is read from where the reader was', async () => {
    const plan = await planOf(
      test,
      () => bell.since(viewer, now, 5, 50),
      `"bell.since" (${FAMOUS}, now(), false, 5, 50)`,
    );
    expect(plan).toContain('using ix_notification_shown');
    expect(plan).not.toMatch(/Seq Scan on (?:notification|post|account)\b/);
    const newest = await planOf(test, () => bell.newestId(FAMOUS), `"bell.newest-id" (${FAMOUS})`);
    expect(newest).toContain('Backward using ix_notification_shown');
  });

  it('a digest is read from the end of the day, and not through all that somebody ever had', async () => {
    const mails = test.get(NotificationMailRepository);
    const plan = await planOf(
      test,
      () => mails.ofDay(FAMOUS, NOTIFICATIONS - 1_000, now, 51),
      `"notification-mail.of-day" (${FAMOUS}, now(), false, ${NOTIFICATIONS - 1_000}, 51)`,
    );
    expect(plan.match(/ix_notification_unread/g)).toHaveLength(2);
    expect(plan).not.toContain('uq_notification_account_fact');
    expect(plan).not.toMatch(/Seq Scan on (?:notification|post|account)\b/);
  });

  it('what is old is read from the end of the primary key', async () => {
    const cutoffs = { read: now, any: now };
    const plan = await planOf(
      test,
      () => test.get(RetentionRepository).next(cutoffs, 5, 500),
      `"notification-retention.next" (now(), now(), 5, 500)`,
    );
    expect(plan).toContain('using pk_notification');
  });

  it('an audience is read on from where it was left', async () => {
    const fact = { post_id: 1, creator_id: FAMOUS, audience: 'followers', after: 100 } as const;
    const audience = test.get(PostAudienceRepository);
    const plan = await planOf(
      test,
      () => audience.next(fact, 100, now),
      `"post-audience.followers" (1, now(), false, ${FAMOUS}, 100, 100)`,
    );
    expect(plan).toContain('using ix_follow_creator_follower');
    expect(plan).not.toMatch(/Seq Scan on (?:follow|post)\b/);
  });

  it('the badge is right, and nobody else’s', async () => {
    for (const accountId of [FAMOUS, 2, 777, NOBODY]) {
      const [row] = await test.database.manager.query<{ unread: number; total: number }[]>(
        `select count(*) filter (where unread) as unread, count(*) filter (where shown) as total
           from notification where account_id = ${accountId}`,
      );
      const page = await bell.list({ accountId, isAdmin: false }, now, NEWEST, 100);
      expect([accountId, page.unread, page.total]).toEqual([accountId, Number(row?.unread), Number(row?.total)]);
      expect(page.rows.every((one) => one.accountId === accountId)).toBe(true);
      expect(page.rows.length).toBe(new Set(page.rows.map(({ id }) => id)).size);
    }
  });
});
