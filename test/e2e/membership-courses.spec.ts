import { AccountService } from '../../src/auth/account/account.service';
import { CourseAccessService } from '../../src/enrollment-webhook/membership/course-access.service';
import { ExpiryJob } from '../../src/enrollment-webhook/enrolment/expiry.job';
import { CourseService } from '../../src/enrollment-webhook/course/course.service';
import { EnrolmentService } from '../../src/enrollment-webhook/enrolment/enrolment.service';
import { Database, statement } from '../../src/infra/database/database';
import { UnitOfWork } from '../../src/infra/database/unit-of-work';
import { MembershipService } from '../../src/subscription/membership/membership.service';
import type { TierResponse } from '../../src/subscription/tier/dto/tier.response';
import { administrator, loggedIn, type LoggedIn } from '../factories/administrator';
import { registered } from '../factories/person';
import { aCreator, aTier, memberOf } from '../factories/tier';
import { MovableClock } from '../fakes/movable-clock';
import { startTestApp, type TestApp } from '../setup/test-app';

const ENROLMENTS = statement(
  'test.membership-courses',
  `select c.course_key as course, e.status, e.id from enrolment e join course c on c.id = e.course_id
    where e.account_id = $1 order by c.course_key`,
);
const STEPS = statement(
  'test.membership-course-steps',
  'select state_after as state from enrolment_history where enrolment_id = $1 order by id',
);

const SECOND_MS = 1_000;
const DAY_MS = 86_400_000;

const clock = new MovableClock();
let app: TestApp;
let creator: LoggedIn;
let admin: LoggedIn;
let courses = 0;

beforeAll(async () => {
  app = await startTestApp({ ACCESS_TOKEN_TTL: '365d' }, { clock });
  creator = await aCreator(app);
  admin = await administrator(app);
});

async function newCourse(): Promise<string> {
  courses += 1;
  const course_id = `course-v1:Member+Course${courses}+2026`;
  await app.get(CourseService).create({ course_id, display_name: 'A course', owners: [creator.id] });
  return course_id;
}

const tierWith = (...course_ids: string[]): Promise<TierResponse> => aTier(app, creator, { course_ids });
const leave = (source: number) => app.get(MembershipService).releaseSource(source);

async function enrolments(account: { readonly id: number }): Promise<{ course: string; status: string; id: number }[]> {
  await app.drained();
  return app.get(Database).rows(ENROLMENTS, [account.id]);
}

async function change(enrolment: number | undefined, fields: object): Promise<void> {
  clock.advance(SECOND_MS);
  const answer = await admin.call('PATCH', `/admin/enrollments/${enrolment}/`, { reason: 'x', ...fields });
  expect([answer.statusCode, answer.body]).toEqual([200, expect.any(String)]);
  clock.advance(SECOND_MS);
}

async function changeCourse(course: string, fields: object): Promise<void> {
  const found = await admin.call('GET', `/admin/courses/?course_id=${encodeURIComponent(course)}`);
  const [{ id } = { id: 0 }] = found.json<{ results: { id: number }[] }>().results;
  const changed = await admin.call('PATCH', `/admin/courses/${id}/`, fields);
  expect([changed.statusCode, changed.body]).toEqual([200, expect.any(String)]);
}

async function openCourses(account: { readonly id: number }): Promise<string[]> {
  return (await enrolments(account)).filter(({ status }) => status === 'active').map(({ course }) => course);
}

describe('a membership', () => {
  it('opens the courses of its tier, and closes them when it ends', async () => {
    const [one, two] = [await newCourse(), await newCourse()];
    const tier = await tierWith(one, two);
    const member = await loggedIn(app);
    const source = await memberOf(app, member, tier);
    expect(await openCourses(member)).toEqual([one, two]);
    const own = await member.call('GET', '/api/enrollments/');
    expect(own.json<{ results: object[] }>().results).toMatchObject([
      { course_id: two, status: 'active' },
      { course_id: one, status: 'active' },
    ]);
    await leave(source);
    expect(await enrolments(member)).toMatchObject([{ status: 'ended' }, { status: 'ended' }]);
    await memberOf(app, member, tier);
    expect(await openCourses(member)).toEqual([one, two]);
  });

  it('takes a course along to another tier without closing it', async () => {
    const [both, left, joined] = [await newCourse(), await newCourse(), await newCourse()];
    const member = await registered(app, { emailVerified: true });
    const [silver, gold] = [await tierWith(both, left), await tierWith(both, joined)];
    const source = await memberOf(app, member, silver);
    const [{ id } = { id: 0 }] = await enrolments(member);
    await app.get(UnitOfWork).run(async () => {
      await leave(source);
      await memberOf(app, member, gold);
    });
    expect(await openCourses(member)).toEqual([both, joined]);
    const steps = await app.get(Database).rows<{ state: { status: string } | string }>(STEPS, [id]);
    const states = steps.map(({ state }) => (typeof state === 'string' ? (JSON.parse(state) as object) : state));
    expect(states).toMatchObject([{ status: 'active' }, { status: 'active' }, { status: 'active' }]);
  });

  it('leaves alone what another source holds', async () => {
    const course = await newCourse();
    const member = await registered(app, { emailVerified: true });
    const enrolling = app.get(EnrolmentService);
    await app.get(UnitOfWork).run(async () => {
      await enrolling.grant(await enrolling.look(member.email, [course], { kind: 'webhook', reference: 'lernito' }));
    });
    await leave(await memberOf(app, member, await tierWith(course)));
    expect(await openCourses(member)).toEqual([course]);
  });

  it('opens nothing to somebody who has not proven the mailbox, until they do', async () => {
    const course = await newCourse();
    const member = await registered(app);
    await memberOf(app, member, await tierWith(course));
    expect(await openCourses(member)).toEqual([]);
    await app.get(AccountService).markEmailVerified(member.id);
    expect(await openCourses(member)).toEqual([course]);
  });
});

describe('what an administrator decides', () => {
  const learner = () => registered(app, { emailVerified: true });

  it('stays, whatever else a member joins, until the membership begins anew', async () => {
    const [course, other] = [await newCourse(), await newCourse()];
    const [tier, another] = [await tierWith(course), await tierWith(other)];
    const member = await learner();
    const source = await memberOf(app, member, tier);
    const [enrolment] = await enrolments(member);
    await change(enrolment?.id, { status: 'ended' });
    await memberOf(app, member, another);
    await creator.call('PATCH', `/content/api/tiers/${tier.id}/`, { course_ids: [course, other] });
    expect(await openCourses(member)).toEqual([other]);
    await leave(source);
    await memberOf(app, member, tier);
    expect(await openCourses(member)).toEqual([course, other]);
  });

  it('stays suspended, whatever begins and ends', async () => {
    const course = await newCourse();
    const member = await learner();
    const source = await memberOf(app, member, await tierWith(course));
    const [enrolment] = await enrolments(member);
    await change(enrolment?.id, { status: 'suspended' });
    await leave(source);
    await memberOf(app, member, await tierWith(course));
    expect(await enrolments(member)).toMatchObject([{ status: 'suspended' }]);
    await change(enrolment?.id, { status: 'active' });
    expect(await openCourses(member)).toEqual([course]);
  });

  it('by a date ends what there was, and not what is joined later', async () => {
    const course = await newCourse();
    const [trying, joined] = [await learner(), await learner()];
    const tier = await tierWith(course);
    const expires_at = new Date(clock.now().getTime() + 3 * DAY_MS).toISOString();
    const trial = { email: trying.email, course_id: course, expires_at, reason: 'x' };
    expect((await admin.call('POST', '/admin/enrollments/', trial)).statusCode).toBe(201);
    await memberOf(app, joined, tier);
    await change((await enrolments(joined))[0]?.id, { expires_at });
    const source = await memberOf(app, trying, tier);
    await app.drained();
    clock.advance(4 * DAY_MS);
    await app.get(ExpiryJob).run();
    await app.get(CourseAccessService).settle(joined.id);
    expect([await openCourses(trying), await openCourses(joined)]).toEqual([[course], []]);
    await leave(source);
    expect(await openCourses(trying)).toEqual([]);
  });

  it('of a course takes nobody’s away: an archived one opens to new members when it is back', async () => {
    const course = await newCourse();
    const tier = await tierWith(course);
    const [before, meanwhile] = [await learner(), await learner()];
    await memberOf(app, before, tier);
    await app.drained();
    await changeCourse(course, { archived: true });
    await memberOf(app, meanwhile, tier);
    await app.get(CourseAccessService).settle(before.id);
    expect([await openCourses(before), await openCourses(meanwhile)]).toEqual([[course], []]);
    const more = await newCourse();
    const changed = await creator.call('PATCH', `/content/api/tiers/${tier.id}/`, { course_ids: [course, more] });
    expect(changed.statusCode).toBe(200);
    expect([await openCourses(before), await openCourses(meanwhile)]).toEqual([[course, more], [more]]);
    await changeCourse(course, { archived: false });
    expect(await openCourses(meanwhile)).toEqual([course, more]);
  });

  it('of its owners: a creator who may not sell it opens it to nobody else', async () => {
    const course = await newCourse();
    const tier = await tierWith(course);
    const [before, later] = [await learner(), await learner()];
    await memberOf(app, before, tier);
    await app.drained();
    await changeCourse(course, { owners: [] });
    await memberOf(app, later, tier);
    expect([await openCourses(before), await openCourses(later)]).toEqual([[course], []]);
    await changeCourse(course, { owners: [creator.id] });
    expect(await openCourses(later)).toEqual([course]);
  });

  it('about the window, the room and invitations concerns who enrols, not who is a member', async () => {
    const course = await newCourse();
    const past = { enrolment_start: '2020-01-01T00:00:00Z', enrolment_end: '2020-02-01T00:00:00Z' };
    await changeCourse(course, { ...past, capacity: 0, invitation_only: true });
    const member = await learner();
    await memberOf(app, member, await tierWith(course));
    expect(await openCourses(member)).toEqual([course]);
  });
});

describe('a tier that changes its courses', () => {
  it('changes those of its members', async () => {
    const [one, two] = [await newCourse(), await newCourse()];
    const tier = await tierWith(one);
    const [stays, goes] = [
      await registered(app, { emailVerified: true }),
      await registered(app, { emailVerified: true }),
    ];
    await memberOf(app, stays, tier);
    await leave(await memberOf(app, goes, tier));
    const changed = await creator.call('PATCH', `/content/api/tiers/${tier.id}/`, { course_ids: [two] });
    expect(changed.statusCode).toBe(200);
    expect([await openCourses(stays), await openCourses(goes)]).toEqual([[two], []]);
  });
});

describe('at once', () => {
  it('memberships that begin and end leave the courses of those that are open', async () => {
    const [one, two] = [await newCourse(), await newCourse()];
    const [first, second] = [await tierWith(one), await tierWith(one, two)];
    const member = await registered(app, { emailVerified: true });
    for (let round = 0; round < 5; round++) {
      const source = await memberOf(app, member, second);
      await Promise.all([
        memberOf(app, member, first),
        leave(source),
        ...Array.from({ length: 8 }, () => app.get(CourseAccessService).settle(member.id)),
      ]);
    }
    expect(await openCourses(member)).toEqual([one]);
  });
});
