import { TypeOrmModule } from '@nestjs/typeorm';
import { SystemClock } from '../../../src/common/clock';
import { Gateway } from '../../../src/infra/database/gateway';
import { Membership } from '../../../src/subscription/membership/membership.entity';
import { MembershipRepository } from '../../../src/subscription/membership/membership.repository';
import { MembershipSource } from '../../../src/subscription/membership/membership-source.entity';
import type { CourseSales } from '../../../src/subscription/tier/course-sales.service';
import { Tier } from '../../../src/subscription/tier/tier.entity';
import { TierPrice } from '../../../src/subscription/tier/tier-price.entity';
import type { OutboxService } from '../../../src/infra/outbox/outbox.service';
import { TierRepository } from '../../../src/subscription/tier/tier.repository';
import { TierService } from '../../../src/subscription/tier/tier.service';
import { planOf } from '../../setup/plan-of';
import { describeOnPostgres } from '../../setup/on-postgres';
import { startTestDatabase, type TestDatabase } from '../../setup/test-database';

const PEOPLE = 10_000;
const PAGE = { page: 1, size: 20 };

const SEED = [
  `insert into account (username, username_key, email, email_key, email_verified_at, created_at, updated_at)
   select 'u' || n, 'u' || n, 'u' || n || '@example.com', 'u' || n || '@example.com', now(), now(), now()
     from generate_series(1, ${PEOPLE}) n`,
  `insert into tier (creator_id, name, description, prices, course_ids, created_at, updated_at)
   select id, 'Tier', '', '[]', '[]', now(), now() from account cross join generate_series(1, 3)`,
  `insert into membership (account_id, tier_id, creator_id, started_at, created_at, updated_at, ended_at)
   select n % ${PEOPLE} + 1, n % 100 * 3 + n / ${PEOPLE} + 1, 7, now(), now(), now(), case when n % 3 = 0 then now() end
     from generate_series(0, 3 * ${PEOPLE} - 1) n`,
  `insert into membership_source (membership_id, kind, reference, ends_at, live_slot, created_at, ended_at)
   select id, 'subscription', 'sub' || id, now() + id * interval '1 minute',
          case when ended_at is null then 'subscription:sub' || id end, now(), ended_at from membership`,
  'analyze',
];

describeOnPostgres('on large tables', () => {
  let test: TestDatabase;

  beforeAll(async () => {
    const entities = TypeOrmModule.forFeature([Tier, TierPrice, Membership, MembershipSource]);
    test = await startTestDatabase({ imports: [entities], providers: [TierRepository, MembershipRepository] });
    for (const sql of SEED) await test.dataSource.query(sql);
  });

  it.each([
    ['one tier', `"tier.by-id"(77)`, ['pk_tier', 'pk_account']],
    ['a creator’s tiers', `"tier.of-creator"(77, 20, 0)`, ['ix_tier_creator']],
    ['how many they are', `"tier.of-creator-count"(77)`, ['ix_tier_creator']],
    ['an account’s membership in a tier', `"membership.of-account-in"(77, 78)`, ['uq_membership_account_tier']],
    [
      'what a subscription holds',
      `"membership.places-of"('subscription', 'sub77')`,
      ['ix_membership_source_reference'],
    ],
    ['what has run out', `"membership.due"(now(), 100)`, ['ix_membership_source_due']],
  ])('%s', async (_, execute, indexes) => {
    const tiers = test.get(TierRepository);
    const memberships = test.get(MembershipRepository);
    const plan = await planOf(
      test,
      async () => {
        await tiers.byId(77);
        await tiers.ofCreator(77, PAGE);
        await memberships.ofAccountIn(77, 78);
        await memberships.placesOf('subscription', 'sub77');
        await memberships.due(new Date(), 100);
      },
      execute,
    );
    for (const index of indexes) expect(plan).toContain(index);
    expect(plan).not.toContain('Seq Scan');
  });

  it.each(['tier.all-count', 'tier.archived-count'])('%s reads from the newest on, 10,000 at most', async (name) => {
    const tiers = test.get(TierRepository);
    const counts = async () => [(await tiers.all(PAGE))[1], (await tiers.archived(undefined, PAGE))[1]];
    expect(await counts()).toEqual([10_000, 0]);
    const plan = await planOf(test, counts, `"${name}"`);
    expect(plan).toMatch(/Limit[^]*Index Scan Backward using pk_tier/);
    expect(plan).not.toContain('Seq Scan');
  });

  it.each([{}, { archived: true }])('beyond what is counted nothing is read: %j', async (query) => {
    const service = new TierService(
      test.get(TierRepository),
      {} as CourseSales,
      {} as OutboxService,
      test.unitOfWork,
      new SystemClock(),
    );
    const run = jest.spyOn(test.get(Gateway), 'run');
    const found = (page: string) => service.find({ ...query, page }, undefined, new URL('http://localhost/'));
    await expect(found('501')).rejects.toMatchObject({ code: 'invalid_page' });
    expect(run).not.toHaveBeenCalled();
    run.mockRestore();
  });

  it('a creator’s archived tiers are counted by index', async () => {
    const tiers = test.get(TierRepository);
    const plan = await planOf(test, () => tiers.archived(77, PAGE), `"tier.archived-of-count"(77)`);
    expect(plan).toContain('ix_tier_creator');
    expect(plan).not.toContain('Seq Scan');
  });

  it('the first page of all tiers reads no more than a page', async () => {
    const plan = await planOf(test, () => test.get(TierRepository).all(PAGE), `"tier.all"(20, 0)`);
    expect(plan).toContain('Index Scan Backward using pk_tier');
    expect(plan).not.toContain('Seq Scan');
  });
});
