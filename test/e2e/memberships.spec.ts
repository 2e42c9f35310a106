import { AccountService } from '../../src/auth/account/account.service';
import { Clock } from '../../src/common/clock';
import { Database, statement } from '../../src/infra/database/database';
import { OutboxService } from '../../src/infra/outbox/outbox.service';
import { MembershipEnded } from '../../src/subscription/events/membership-ended.event';
import { MembershipJob } from '../../src/subscription/membership/membership.job';
import { MembershipService } from '../../src/subscription/membership/membership.service';
import type { CompResponse } from '../../src/subscription/membership/dto/comp.response';
import type { TierResponse } from '../../src/subscription/tier/dto/tier.response';
import { administrator, loggedIn, type LoggedIn } from '../factories/administrator';
import { registered } from '../factories/person';
import { aCreator, aTier, memberOf } from '../factories/tier';
import { startTestApp, type TestApp } from '../setup/test-app';

interface PageOf<T> {
  readonly count: number;
  readonly results: T[];
}

const COMPS = '/admin/memberships/';
const DAY_MS = 86_400_000;
const STATE = statement(
  'test.membership',
  `select access_until as "until", started_at as "started", ended_at as "ended" from membership
    where account_id = $1 and tier_id = $2`,
);
const SOURCES = statement(
  'test.sources',
  `select s.kind, s.reference, s.live_slot as slot, s.ends_at as "endsAt", s.ended_at as "endedAt"
     from membership_source s join membership m on m.id = s.membership_id
    where m.account_id = $1 and m.tier_id = $2 order by s.id`,
);
const COUNTS = statement(
  'test.member-count',
  `select t.member_count as counter,
          (select count(*) from membership m where m.tier_id = t.id and m.ended_at is null) as "rows"
     from tier t where t.id = $1`,
);

/** Stands still but for what a test moves it. */
class HeldClock extends Clock {
  private time = Date.now();

  now(): Date {
    return new Date(this.time);
  }

  advance(milliseconds: number): void {
    this.time += milliseconds;
  }
}

let app: TestApp;
let clock: HeldClock;
let admin: LoggedIn;
let creator: LoggedIn;
let tier: TierResponse;
let memberships: MembershipService;

beforeAll(async () => {
  clock = new HeldClock();
  app = await startTestApp({ ACCESS_TOKEN_TTL: '365d' }, { clock });
  admin = await administrator(app);
  creator = await aCreator(app);
  memberships = app.get(MembershipService);
});

beforeEach(async () => {
  tier = await aTier(app, creator);
});

const later = (days: number) => new Date(clock.now().getTime() + days * DAY_MS);
const at = (id: number) => `${COMPS}${id}/`;
const give = (body: object) => admin.call('POST', COMPS, body);
const state = (account: number) =>
  app.get(Database).first<{ until: Date | null; started: Date; ended: Date | null }>(STATE, [account, tier.id]);
const sources = (account: number) =>
  app.get(Database).rows<{ slot: string | null; endedAt: Date | null }>(SOURCES, [account, tier.id]);
const counts = () => app.get(Database).first<{ counter: number; rows: number }>(COUNTS, [tier.id]);
const grant = (accountId: number, reference: string, endsAt: Date | null = null) =>
  memberships.grant({ accountId, tierId: tier.id, kind: 'subscription', reference, endsAt });
const people = (count: number) => Promise.all(Array.from({ length: count }, () => registered(app, { password: null })));

describe('what an administrator gives', () => {
  it('is a membership', async () => {
    const { id: account } = await registered(app);
    const ends_at = later(30).toISOString();
    const answer = await give({ account, tier: tier.id, reason: ' Press ', ends_at });
    const comp = answer.json<CompResponse>();
    expect([answer.statusCode, comp]).toEqual([
      201,
      {
        id: expect.any(Number) as number,
        account,
        tier: tier.id,
        kind: 'comp',
        reason: 'Press',
        ends_at,
        granted_by: admin.id,
        created_at: clock.now().toISOString(),
        ended_at: null,
      },
    ]);
    expect((await admin.call('GET', at(comp.id))).json<object>()).toEqual(comp);
    expect(await state(account)).toMatchObject({ until: new Date(ends_at), ended: null });
    expect(await counts()).toEqual({ counter: 1, rows: 1 });
  });

  it('is open without an end', async () => {
    const { id: account } = await registered(app);
    const answer = await give({ account, tier: tier.id, reason: 'Friend', ends_at: null });
    expect([answer.statusCode, answer.json<object>()]).toMatchObject([201, { ends_at: null }]);
    expect(await state(account)).toMatchObject({ until: null, ended: null });
  });

  it.each([
    [{ account: 999_999 }, '#/account', 'Invalid pk "999999" - object does not exist.'],
    [{ tier: 999_999 }, '#/tier', 'Invalid pk "999999" - object does not exist.'],
    [{ account: undefined }, '#/account', 'This field is required.'],
    [{ account: 'x' }, '#/account', 'A valid integer is required.'],
    [{ tier: 0 }, '#/tier', 'Ensure this value is greater than or equal to 1.'],
    [{ reason: '' }, '#/reason', 'This field may not be blank.'],
    [{ reason: 'r'.repeat(501) }, '#/reason', 'Ensure this field has no more than 500 characters.'],
    [{ reason: undefined }, '#/reason', 'This field is required.'],
    [{ ends_at: '2001-01-01T00:00:00Z' }, '#/ends_at', 'This must lie in the future.'],
    [{ ends_at: 'tomorrow' }, '#/ends_at', expect.any(String) as string],
    [{ unknown: 1 }, '#/unknown', 'Unknown field.'],
  ])('%j: 400', async (part, pointer, detail) => {
    const { id: account } = await registered(app, { password: null });
    const answer = await give({ account, tier: tier.id, reason: 'Press', ...part });
    expect([answer.statusCode, answer.json<object>()]).toMatchObject([
      400,
      { code: 'invalid', errors: [{ pointer, detail }] },
    ]);
    expect(await counts()).toEqual({ counter: 0, rows: 0 });
  });

  it('tells every fault at once', async () => {
    const answer = await give({ account: 999_998, tier: 999_999, reason: 'x', ends_at: '2001-01-01T00:00:00Z' });
    const { errors } = answer.json<{ errors: { pointer: string }[] }>();
    expect(errors.map(({ pointer }) => pointer).sort()).toEqual(['#/account', '#/ends_at', '#/tier']);
  });

  it('is no free tier, nor an archived one', async () => {
    const { id: account } = await registered(app);
    const free = await aTier(app, creator, { is_public: true });
    await memberOf(app, admin, tier);
    await creator.call('DELETE', `/content/api/tiers/${tier.id}/`);
    for (const id of [free.id, tier.id]) {
      const answer = await give({ account, tier: id, reason: 'Press' });
      expect([answer.statusCode, answer.json<object>()]).toMatchObject([400, { errors: [{ pointer: '#/tier' }] }]);
    }
  });

  it('is given once while it holds, also when ten give it at once', async () => {
    const { id: account } = await registered(app);
    const body = { account, tier: tier.id, reason: 'Press' };
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) => give({ ...body, ends_at: later(index + 1).toISOString() })),
    );
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([201, ...Array<number>(9).fill(409)]);
    const [made] = answers.filter(({ statusCode }) => statusCode === 201);
    const again = await give(body);
    expect([again.statusCode, again.json<object>()]).toMatchObject([409, { code: 'comp_exists' }]);
    expect((await state(account))?.until?.toISOString()).toBe(made?.json<CompResponse>().ends_at);
    expect(await sources(account)).toHaveLength(1);
    expect(await counts()).toEqual({ counter: 1, rows: 1 });
  });

  it('can be given again when it has run out, before any job came around', async () => {
    const { id: account } = await registered(app);
    await give({ account, tier: tier.id, reason: 'Press', ends_at: later(1).toISOString() });
    clock.advance(DAY_MS);
    expect((await give({ account, tier: tier.id, reason: 'Again' })).statusCode).toBe(201);
    expect((await sources(account)).map(({ slot }) => slot)).toEqual([null, 'comp:-']);
    expect(await counts()).toEqual({ counter: 1, rows: 1 });
  });

  it('is ended, once and for all', async () => {
    const { id: account } = await registered(app);
    const { id } = (await give({ account, tier: tier.id, reason: 'Press' })).json<CompResponse>();
    expect((await admin.call('DELETE', at(id))).statusCode).toBe(204);
    const ended_at = clock.now().toISOString();
    clock.advance(1000);
    expect((await admin.call('DELETE', at(id))).statusCode).toBe(204);
    expect((await admin.call('GET', at(id))).json<object>()).toMatchObject({ ended_at });
    expect(await state(account)).toMatchObject({ ended: new Date(ended_at) });
    expect(await counts()).toEqual({ counter: 0, rows: 0 });
    expect((await give({ account, tier: tier.id, reason: 'Press' })).statusCode).toBe(201);
  });

  it('is listed, newest first, by account, tier and whether it holds', async () => {
    const [one, two] = await people(2);
    const ids: number[] = [];
    for (const account of [one?.id, two?.id]) {
      const answer = await give({ account, tier: tier.id, reason: 'Press', ends_at: later(1).toISOString() });
      ids.push(answer.json<CompResponse>().id);
    }
    await memberOf(app, admin, tier);
    const find = async (query: string) => {
      const page = (await admin.call('GET', `${COMPS}?tier=${tier.id}&${query}`)).json<PageOf<CompResponse>>();
      expect(page.count).toBe(page.results.length);
      return page.results.map(({ id }) => id);
    };
    expect(await find('')).toEqual([ids[1], ids[0]]);
    expect(await find(`account=${one?.id}`)).toEqual([ids[0]]);
    await admin.call('DELETE', at(ids[0] ?? 0));
    expect(await find('live=true')).toEqual([ids[1]]);
    expect(await find('live=false')).toEqual([ids[0]]);
    clock.advance(DAY_MS);
    expect(await find('live=true')).toEqual([]);
    expect(await find('live=false')).toEqual([ids[1], ids[0]]);
    expect((await admin.call('GET', `${COMPS}?account=x`)).statusCode).toBe(400);
    expect((await admin.call('GET', `${COMPS}?live=x`)).statusCode).toBe(400);
    expect((await admin.call('GET', `${COMPS}?page=9999`)).statusCode).toBe(404);
    expect((await admin.call('GET', `${COMPS}?other=1`)).statusCode).toBe(400);
  });

  it('is an administrator’s to give, and support’s to read', async () => {
    const { id: account } = await registered(app);
    const body = { account, tier: tier.id, reason: 'Press' };
    const { id } = (await give(body)).json<CompResponse>();
    const support = await loggedIn(app, { roles: ['support'] });
    for (const [who, reads] of [
      [support, 200],
      [creator, 403],
    ] as const) {
      expect((await who.call('GET', COMPS)).statusCode).toBe(reads);
      expect((await who.call('GET', at(id))).statusCode).toBe(reads);
      expect((await who.call('POST', COMPS, body)).statusCode).toBe(403);
      expect((await who.call('DELETE', at(id))).statusCode).toBe(403);
    }
    expect((await app.inject({ method: 'POST', url: COMPS, payload: body })).statusCode).toBe(401);
    expect(await state(account)).toMatchObject({ ended: null });
  });

  it('is not what something else holds', async () => {
    const source = await memberOf(app, admin, tier);
    expect((await admin.call('GET', at(source))).statusCode).toBe(404);
    expect((await admin.call('DELETE', at(source))).statusCode).toBe(404);
    expect((await admin.call('DELETE', at(999_999))).statusCode).toBe(404);
    expect(await state(admin.id)).toMatchObject({ ended: null });
  });
});

describe('a membership', () => {
  it('lasts as long as the last that holds it', async () => {
    const { id } = await registered(app);
    await grant(id, 'a', later(1));
    const { started } = (await state(id)) ?? {};
    await grant(id, 'b', later(5));
    expect(await state(id)).toEqual({ until: later(5), started, ended: null });
    await grant(id, 'c');
    expect(await state(id)).toMatchObject({ until: null, ended: null });
    await memberships.release({ kind: 'subscription', reference: 'c' });
    await memberships.release({ kind: 'subscription', reference: 'b' });
    expect(await state(id)).toEqual({ until: later(1), started, ended: null });
    expect(await counts()).toEqual({ counter: 1, rows: 1 });
    await memberships.release({ kind: 'subscription', reference: 'a' });
    await memberships.release({ kind: 'subscription', reference: 'a' });
    expect(await state(id)).toMatchObject({ started, ended: clock.now() });
    expect(await counts()).toEqual({ counter: 0, rows: 0 });
    clock.advance(1000);
    await grant(id, 'a');
    expect(await state(id)).toEqual({ until: null, started: clock.now(), ended: null });
    expect(await counts()).toEqual({ counter: 1, rows: 1 });
    expect((await sources(id)).map(({ slot }) => slot)).toEqual([null, null, null, 'subscription:a']);
  });

  it('goes on when its source is renewed, also in an archived tier', async () => {
    const { id } = await registered(app);
    const first = await grant(id, 'renewed', later(1));
    await creator.call('DELETE', `/content/api/tiers/${tier.id}/`);
    expect(await grant(id, 'renewed', later(31))).toEqual({ ...first, isNew: false });
    expect(await state(id)).toMatchObject({ until: later(31), ended: null });
    expect(await sources(id)).toHaveLength(1);
  });

  it('of nobody, or in nothing, is refused', async () => {
    await expect(grant(999_999, 'a')).rejects.toMatchObject({ details: { fields: { account: expect.any(Array) } } });
    await expect(
      memberships.grant({ accountId: admin.id, tierId: 999_999, kind: 'order', reference: 'a', endsAt: null }),
    ).rejects.toMatchObject({ details: { fields: { tier: expect.any(Array) } } });
  });

  it('ends by its date, when the job comes around, on two instances at once', async () => {
    const members = await people(3);
    for (const [index, { id }] of members.entries()) await grant(id, 'due', later(index + 1));
    await grant(members[0]?.id ?? 0, 'longer', later(9));
    clock.advance(2 * DAY_MS);
    const second = await startTestApp({}, { clock });
    await Promise.all([app.get(MembershipJob).run(), second.get(MembershipJob).run()]);
    await app.get(MembershipJob).run();
    const states = await Promise.all(members.map(({ id }) => state(id)));
    expect(states.map((one) => one?.ended)).toEqual([null, clock.now(), null]);
    expect(states[0]?.until).toEqual(later(7));
    expect((await sources(members[0]?.id ?? 0)).map(({ endedAt }) => endedAt)).toEqual([clock.now(), null]);
    expect(await counts()).toEqual({ counter: 2, rows: 2 });
    await second.close();
  });

  it('ends with the account; the rows stay', async () => {
    const leaver = await loggedIn(app);
    await grant(leaver.id, 'left');
    await give({ account: leaver.id, tier: tier.id, reason: 'Press' });
    expect((await leaver.call('DELETE', '/api/user/delete/')).statusCode).toBe(204);
    await app.drained();
    expect(await state(leaver.id)).toMatchObject({ ended: expect.any(Date) as Date });
    expect((await sources(leaver.id)).map(({ slot }) => slot)).toEqual([null, null]);
    expect(await counts()).toEqual({ counter: 0, rows: 0 });
  });
});

describe('the creator who closes the account', () => {
  it('has no members any more, whatever held them, and each is told of once', async () => {
    const leaver = await aCreator(app);
    const tiers = [await aTier(app, leaver), await aTier(app, leaver)];
    const members = await people(2);
    const untouched = members[0]?.id ?? 0;
    await grant(untouched, 'elsewhere');
    const elsewhere = tier;
    for (tier of tiers) for (const { id } of members) await grant(id, 'left');
    await give({ account: untouched, tier: tier.id, reason: 'Press' });
    const published = jest.spyOn(app.get(OutboxService), 'publish');
    await app.get(AccountService).close(leaver.id);
    await app.drained();
    await memberships.endAllIn(leaver.id);
    const ended = published.mock.calls.map(([fact]) => fact).filter((fact) => fact instanceof MembershipEnded);
    published.mockRestore();
    expect(ended.map(({ payload }) => [payload.tier_id, payload.account_id]).sort()).toEqual(
      tiers.flatMap(({ id }) => members.map((member) => [id, member.id])).sort(),
    );
    for (tier of tiers) {
      expect(await counts()).toEqual({ counter: 0, rows: 0 });
      for (const { id } of members) {
        expect(await state(id)).toMatchObject({ ended: clock.now() });
        expect((await sources(id)).every(({ slot, endedAt }) => slot === null && endedAt !== null)).toBe(true);
      }
    }
    tier = elsewhere;
    expect(await state(untouched)).toMatchObject({ ended: null });
    expect(await counts()).toEqual({ counter: 1, rows: 1 });
  });

  it('also where there are more members than a batch', async () => {
    const leaver = await aCreator(app);
    tier = await aTier(app, leaver);
    for (const { id } of await people(101)) await grant(id, 'many');
    expect(await counts()).toEqual({ counter: 101, rows: 101 });
    await memberships.endAllIn(leaver.id);
    expect(await counts()).toEqual({ counter: 0, rows: 0 });
  });
});

describe('a tier that becomes free', () => {
  it('must not have members, whose posts would be everybody’s', async () => {
    const { id } = await registered(app);
    const free = () => creator.call('PATCH', `/content/api/tiers/${tier.id}/`, { is_public: true });
    await grant(id, 'paid');
    const refused = await free();
    expect([refused.statusCode, refused.json<object>()]).toEqual([400, { is_public: ['This tier has members.'] }]);
    const renamed = creator.call('PATCH', `/content/api/tiers/${tier.id}/`, { is_public: false, name: 'Gold' });
    expect((await renamed).statusCode).toBe(200);
    await memberships.release({ kind: 'subscription', reference: 'paid' });
    expect((await free()).statusCode).toBe(200);
    await grant(id, 'paid');
    expect((await free()).statusCode).toBe(200);
  });
});

describe('at once', () => {
  it('20 grants make one membership', async () => {
    const { id } = await registered(app);
    const ends = Array.from({ length: 20 }, (_, index) => later(index + 1));
    const granted = await Promise.all(ends.map((end, index) => grant(id, `at-once-${index % 5}`, end)));
    expect(new Set(granted.map(({ membershipId }) => membershipId)).size).toBe(1);
    expect(granted.filter(({ isNew }) => isNew)).toHaveLength(5);
    expect(await sources(id)).toHaveLength(5);
    expect(await counts()).toEqual({ counter: 1, rows: 1 });
  });

  it('grants, releases and expiry leave the counter as the rows', async () => {
    const members = await people(8);
    const work = members.flatMap(({ id }, index) => [
      () => grant(id, `race-${index}`),
      () => grant(id, `race-${index}`, later(1)),
      () => memberships.release({ kind: 'subscription', reference: `race-${index}` }),
      () => give({ account: id, tier: tier.id, reason: 'Race' }),
      () => grant(id, 'shared', index % 2 === 0 ? later(-1) : null),
      () => memberships.release({ kind: 'subscription', reference: 'shared' }),
      () => memberships.endDue(),
    ]);
    await Promise.all(work.map((one) => one()));
    const after = await counts();
    expect(after?.counter).toBe(after?.rows);
    // Each has been given the tier, and nothing takes that away.
    expect(after?.counter).toBe(members.length);
    for (const { id } of members) {
      const live = (await sources(id)).filter(({ endedAt }) => endedAt === null);
      expect(live.every(({ slot }) => slot !== null)).toBe(true);
      expect(new Set(live.map(({ slot }) => slot)).size).toBe(live.length);
    }
  });

  it('a tier is deleted or has a member, never both', async () => {
    for (let round = 0; round < 5; round++) {
      tier = await aTier(app, creator);
      const { id } = await registered(app, { password: null });
      const [removed, granted] = await Promise.allSettled([
        creator.call('DELETE', `/content/api/tiers/${tier.id}/`),
        grant(id, 'race'),
      ]);
      expect(removed).toMatchObject({ status: 'fulfilled', value: { statusCode: 204 } });
      const left = await counts();
      expect(left).toEqual(granted.status === 'fulfilled' ? { counter: 1, rows: 1 } : undefined);
      expect(granted).toMatchObject(
        granted.status === 'fulfilled' ? {} : { reason: { details: { fields: { tier: expect.any(Array) } } } },
      );
    }
  });
});
