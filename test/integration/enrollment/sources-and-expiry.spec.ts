import { CourseSaleService } from '../../../src/enrollment-webhook/course/course-sale.service';
import { CourseService } from '../../../src/enrollment-webhook/course/course.service';
import { EnrolmentService } from '../../../src/enrollment-webhook/enrolment/enrolment.service';
import type { Source } from '../../../src/enrollment-webhook/enrolment/enrolment.state';
import { ExpiryJob } from '../../../src/enrollment-webhook/enrolment/expiry.job';
import { EnrolmentChanged } from '../../../src/enrollment-webhook/events/enrolment-changed.event';
import { EnrolmentExpiring } from '../../../src/enrollment-webhook/events/enrolment-expiring.event';
import { Database, statement } from '../../../src/infra/database/database';
import { UnitOfWork } from '../../../src/infra/database/unit-of-work';
import type { Fact } from '../../../src/infra/outbox/fact';
import { OutboxService } from '../../../src/infra/outbox/outbox.service';
import { registered } from '../../factories/person';
import { startTestApp, type TestApp } from '../../setup/test-app';

const COURSE = 'course-v1:Source+Course+2026';
const WEBHOOK: Source = { kind: 'webhook', reference: 'lernito' };
const MEMBERSHIP: Source = { kind: 'membership', reference: '7' };
const DAY = 86_400_000;

let one: TestApp;
let two: TestApp;
let told: Fact[];

beforeAll(async () => {
  one = await startTestApp();
  two = await startTestApp();
  await one.get(CourseService).create({ course_id: COURSE, display_name: 'Source' });
});

beforeEach(() => {
  told = [];
  for (const app of [one, two]) {
    const outbox = app.get(OutboxService);
    const publish = outbox.publish.bind(outbox);
    jest.spyOn(outbox, 'publish').mockImplementation((fact) => {
      told.push(fact);
      return publish(fact);
    });
  }
});

afterEach(() => jest.restoreAllMocks());

const changes = () => told.filter((fact) => fact instanceof EnrolmentChanged);

async function grant(email: string, source: Source): Promise<void> {
  const service = one.get(EnrolmentService);
  await one.get(UnitOfWork).run(async () => service.grant(await service.look(email, [COURSE], source)));
}

const STATE = statement(
  'test.state',
  'select id, status, expires_at as "expiresAt" from enrolment where account_id = $1',
);
async function state(accountId: number): Promise<{ id: number; status: string; expiresAt: Date | null } | undefined> {
  return one.get(Database).first(STATE, [accountId]);
}

describe('an enrolment', () => {
  it('lasts while any of its sources holds, and only what concerns access is told', async () => {
    const { id, email } = await registered(one, { emailVerified: true });
    await grant(email, WEBHOOK);
    await grant(email, MEMBERSHIP);
    await grant(email, MEMBERSHIP);
    await one.get(EnrolmentService).release(id, WEBHOOK, 'x');
    expect(await state(id)).toMatchObject({ status: 'active' });
    await one.get(EnrolmentService).release(id, MEMBERSHIP, 'x');
    await one.get(EnrolmentService).release(id, MEMBERSHIP, 'x');
    expect(await state(id)).toMatchObject({ status: 'ended' });
    await grant(email, MEMBERSHIP);
    expect(await state(id)).toMatchObject({ status: 'active' });
    expect(changes().map(({ payload }) => [payload['before'], payload['after']])).toMatchObject([
      [null, { status: 'active', sources: ['webhook:lernito'] }],
      [{ status: 'active' }, { status: 'ended', sources: [] }],
      [{ status: 'ended' }, { status: 'active', sources: ['membership:7'] }],
    ]);
    expect(changes()[0]?.payload).toMatchObject({
      account_id: id,
      course: { course_id: COURSE, display_name: 'Source' },
      source: 'webhook',
    });
  });
});

describe('the expiry job', () => {
  const EXPIRE = statement('test.expire', 'update enrolment set expires_at = $2 where account_id = $1');
  const MANY = 230;

  async function enrolled(expiresAt: Date): Promise<number> {
    const { id, email } = await registered(one, { emailVerified: true });
    await grant(email, WEBHOOK);
    await one.get(Database).execute(EXPIRE, [id, expiresAt]);
    return id;
  }

  it('ends what is due, and nothing else', async () => {
    const due = await enrolled(new Date(Date.now() - 1));
    const later = await enrolled(new Date(Date.now() + 30 * DAY));
    told = [];
    await one.get(ExpiryJob).run();
    await one.get(ExpiryJob).run();
    expect([await state(due), await state(later)]).toMatchObject([{ status: 'ended' }, { status: 'active' }]);
    expect(changes().map(({ payload }) => [payload['account_id'], payload['source']])).toEqual([[due, 'expiry']]);
  });

  it('tells a week before, once for each date', async () => {
    const soon = await enrolled(new Date(Date.now() + 7 * DAY - 60_000));
    await enrolled(new Date(Date.now() + 7 * DAY + 60_000));
    told = [];
    const notices = () =>
      told.filter((fact) => fact instanceof EnrolmentExpiring).map(({ payload }) => payload['account_id']);
    for (const app of [one, two, one]) await app.get(ExpiryJob).run();
    expect(notices()).toEqual([soon]);
    await one.get(Database).execute(EXPIRE, [soon, new Date(Date.now() + DAY)]);
    await one.get(ExpiryJob).run();
    expect(notices()).toEqual([soon, soon]);
    expect(await state(soon)).toMatchObject({ status: 'active' });
  });

  it('on two instances at once tells of each enrolment once, and ends it once', async () => {
    const SEED = statement(
      'test.seed',
      `insert into enrolment (account_id, course_id, mode, status, expires_at, created_at, updated_at)
       select $1, id, 'audit', 'active', $2, $2, $2 from course where course_key = $3`,
    );
    const ALL = statement('test.expire-all', 'update enrolment set expires_at = $1 where account_id >= 1000000');
    for (let i = 0; i < MANY; i++) {
      await one.get(Database).execute(SEED, [1_000_000 + i, new Date(Date.now() + DAY), COURSE]);
    }
    const run = async () => {
      told = [];
      await Promise.all([one, two].map((app) => app.get(ExpiryJob).run()));
      return new Set(told.map(({ payload }) => payload['account_id'])).size;
    };
    expect([await run(), told.length]).toEqual([MANY, MANY]);
    await one.get(Database).execute(ALL, [new Date('2026-01-01T00:00:00Z')]);
    expect([await run(), told.length]).toEqual([MANY, MANY]);
  });
});

describe('who may sell a course', () => {
  it('its owners, while it is not archived', async () => {
    const owner = await registered(one);
    const stranger = await registered(one);
    const course_id = 'course-v1:Sold+Course+2026';
    const courses = one.get(CourseService);
    const { course } = await courses.create({ course_id, display_name: 'Sold', owners: [owner.id] });
    const sale = one.get(CourseSaleService);
    expect(await sale.coursesSoldBy(owner.id)).toEqual([{ id: course.id, courseKey: course_id, displayName: 'Sold' }]);
    expect(await sale.sellable(owner.id, [course_id])).toEqual([course_id]);
    expect(await sale.sellable(owner.id, [course_id, COURSE])).toEqual([course_id, undefined]);
    expect(await sale.sellable(stranger.id, [course_id])).toEqual([undefined]);
    await courses.archive(course.id);
    expect(await sale.sellable(owner.id, [course_id])).toEqual([undefined]);
  });
});
