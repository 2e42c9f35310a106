import { Database, statement } from '../../../src/infra/database/database';
import { UnitOfWork } from '../../../src/infra/database/unit-of-work';
import type { Fact } from '../../../src/infra/outbox/fact';
import { OutboxService } from '../../../src/infra/outbox/outbox.service';
import { Membership } from '../../../src/subscription/membership/membership.entity';
import { MembershipService } from '../../../src/subscription/membership/membership.service';
import { MembershipSource } from '../../../src/subscription/membership/membership-source.entity';
import type { TierResponse } from '../../../src/subscription/tier/dto/tier.response';
import { Tier } from '../../../src/subscription/tier/tier.entity';
import { registered } from '../../factories/person';
import { aCreator, aTier } from '../../factories/tier';
import { MovableClock } from '../../fakes/movable-clock';
import { startTestApp, type TestApp } from '../../setup/test-app';

const DAY_MS = 86_400_000;
const ROWS = statement(
  'test.rows',
  `select (select count(*) from membership where tier_id = $1 and ended_at is null) as memberships,
          (select member_count from tier where id = $1) as counter`,
);

let app: TestApp;
let clock: MovableClock;
let memberships: MembershipService;
let creatorId: number;
let tier: TierResponse;
let told: Fact[];

beforeAll(async () => {
  clock = new MovableClock();
  app = await startTestApp({}, { clock });
  memberships = app.get(MembershipService);
  creatorId = (await aCreator(app)).id;
});

beforeEach(async () => {
  tier = await aTier(app, { id: creatorId });
  told = [];
  const outbox = app.get(OutboxService);
  const publish = outbox.publish.bind(outbox);
  jest.spyOn(outbox, 'publish').mockImplementation((fact) => {
    if (fact.topic.startsWith('membership-')) told.push(fact);
    return publish(fact);
  });
});

afterEach(() => jest.restoreAllMocks());

const later = (days: number) => new Date(clock.now().getTime() + days * DAY_MS);
const grant = (accountId: number, reference: string, endsAt: Date | null) =>
  memberships.grant({ accountId, tierId: tier.id, kind: 'order', reference, endsAt });
const rows = () => app.get(Database).first(ROWS, [tier.id]);

it('tell what concerns access, and nothing else', async () => {
  const { id } = await registered(app);
  const [first, last] = [later(1), later(9)];
  const { membershipId } = await grant(id, 'a', first);
  await grant(id, 'a', first);
  await grant(id, 'b', last);
  await grant(id, 'c', later(3));
  await memberships.release({ kind: 'order', reference: 'a' });
  await grant(id, 'd', null);
  await memberships.release({ kind: 'order', reference: 'd' });
  await memberships.release({ kind: 'order', reference: 'b' });
  await memberships.release({ kind: 'order', reference: 'nothing' });
  await memberships.release({ kind: 'order', reference: 'c' });
  await memberships.release({ kind: 'order', reference: 'c' });
  expect(told.map(({ topic, payload }) => [topic, payload['access_until']])).toEqual([
    ['membership-started', first.toISOString()],
    ['membership-changed', last.toISOString()],
    ['membership-changed', null],
    ['membership-changed', last.toISOString()],
    ['membership-changed', expect.any(String)],
    ['membership-ended', null],
  ]);
  for (const { payload } of told) {
    expect(payload).toMatchObject({
      membership_id: membershipId,
      account_id: id,
      creator_id: creatorId,
      tier_id: tier.id,
      at: expect.any(String) as string,
    });
  }
});

it('are told by the job when a date has come, once', async () => {
  const { id } = await registered(app);
  await grant(id, 'due', later(1));
  clock.advance(DAY_MS);
  await memberships.endDue();
  await memberships.endDue();
  expect(told.map(({ topic }) => topic)).toEqual(['membership-started', 'membership-ended']);
});

it('tell an end before a new beginning, when a grant comes before the job', async () => {
  const { id } = await registered(app);
  await grant(id, 'due', later(1));
  clock.advance(DAY_MS);
  await grant(id, 'due', later(1));
  expect(told.map(({ topic }) => topic)).toEqual(['membership-started', 'membership-ended', 'membership-started']);
  expect(await rows()).toEqual({ memberships: 1, counter: 1 });
});

it('are not, and nothing is, where the caller’s unit of work fails', async () => {
  const { id } = await registered(app);
  const failing = app.get(UnitOfWork).run(async () => {
    await grant(id, 'a', null);
    throw new Error('afterwards');
  });
  await expect(failing).rejects.toThrow('afterwards');
  expect(await rows()).toEqual({ memberships: 0, counter: 0 });
});

it('what has already run out begins nothing', async () => {
  const { id } = await registered(app);
  await grant(id, 'late', later(-1));
  expect(told).toEqual([]);
  expect(await rows()).toEqual({ memberships: 0, counter: 0 });
});

it('more than a batch ends by its date', async () => {
  const seeded = 130;
  const { manager } = app.get(Database);
  const [createdAt, endsAt] = [clock.now(), later(1)];
  const times = { startedAt: createdAt, accessUntil: endsAt, endedAt: null, createdAt, updatedAt: createdAt };
  const members = Array.from({ length: seeded }, (_, index) => ({ ...times, accountId: 1_000_000 + index }));
  await manager.insert(
    Membership,
    members.map((one) => ({ ...one, tierId: tier.id, creatorId })),
  );
  await manager.update(Tier, { id: tier.id }, { memberCount: seeded });
  const source = { kind: 'order', reference: 'batch', endsAt, liveSlot: 'order:batch', createdAt } as const;
  const made = await manager.findBy(Membership, { tierId: tier.id });
  await manager.insert(
    MembershipSource,
    made.map(({ id }) => ({ ...source, membershipId: id })),
  );
  clock.advance(DAY_MS);
  expect(await memberships.endDue()).toBe(true);
  expect(await memberships.endDue()).toBe(false);
  expect(await rows()).toEqual({ memberships: 0, counter: 0 });
  expect(told.filter(({ payload }) => payload['tier_id'] === tier.id)).toHaveLength(seeded);
});
