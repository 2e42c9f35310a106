import { setTimeout as sleep } from 'node:timers/promises';
import { AccountService } from '../../../src/auth/account/account.service';
import { AllowanceService } from '../../../src/enrollment-webhook/allowance/allowance.service';
import { CourseService } from '../../../src/enrollment-webhook/course/course.service';
import { ClaimService } from '../../../src/enrollment-webhook/enrolment/claim.service';
import { EnrolmentService, type LearnerView } from '../../../src/enrollment-webhook/enrolment/enrolment.service';
import { LearnerRepository } from '../../../src/enrollment-webhook/enrolment/learner.repository';
import { LostRace } from '../../../src/enrollment-webhook/enrolment/lost-race';
import { Database, statement } from '../../../src/infra/database/database';
import { UnitOfWork } from '../../../src/infra/database/unit-of-work';
import { callLernito, enrolBody } from '../../factories/lernito';
import { newPerson, registered } from '../../factories/person';
import { startTestApp, type TestApp } from '../../setup/test-app';

const COURSES = ['a', 'b', 'c', 'd', 'e'].map((run) => `course-v1:Race+Course+${run}`);
const [COURSE = ''] = COURSES;
const WEBHOOK = { kind: 'webhook', reference: 'lernito' } as const;
const OK = (message: string) => ({ success: true, message });

/** Two instances on one database. */
let one: TestApp;
let two: TestApp;
let people = 0;

beforeAll(async () => {
  one = await startTestApp();
  two = await startTestApp();
  for (const course_id of COURSES) await one.get(CourseService).create({ course_id, display_name: course_id });
});

function nobody(): string {
  people += 1;
  return `racer${people}@example.com`;
}

const STATE = statement(
  'test.enrolments-of',
  `select e.status, c.course_key as course,
          (select count(*) from enrolment_source s where s.enrolment_id = e.id) as sources,
          (select count(*) from enrolment_history h where h.enrolment_id = e.id) as changes
     from enrolment e join course c on c.id = e.course_id where e.account_id = $1 order by c.id`,
);
const ALLOWANCES = statement(
  'test.allowances-of',
  'select claimed_by as "claimedBy" from enrolment_allowance where email_key = $1 order by course_id',
);

const enrolments = (accountId: number) =>
  one.get(Database).rows<{ status: string; course: string; sources: number; changes: number }>(STATE, [accountId]);
const allowances = (email: string) => one.get(Database).rows<{ claimedBy: number | null }>(ALLOWANCES, [email]);

const untouched = (course: string) => ({ status: 'active', course, sources: 1, changes: 1 });

describe('identical calls at once', () => {
  it.each([1, 5])('end as one enrolment in each of %s courses, and 200s', async (count) => {
    const { id, email } = await registered(one, { emailVerified: true });
    const body = enrolBody(email, ...COURSES.slice(0, count));
    const answers = await Promise.all(Array.from({ length: 10 }, (_, i) => callLernito(i % 2 ? one : two, body)));
    expect(answers.map((answer) => answer.json<object>())).toEqual(
      Array(10).fill(OK(`User enrollment status verified for ${count} course(s)`)),
    );
    expect(await enrolments(id)).toEqual(COURSES.slice(0, count).map(untouched));
  });

  it('end as one allowance', async () => {
    const email = nobody();
    const body = enrolBody(email, ...COURSES);
    const answers = await Promise.all(Array.from({ length: 10 }, (_, i) => callLernito(i % 2 ? one : two, body)));
    expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([200]));
    expect(await allowances(email)).toHaveLength(COURSES.length);
  });

  it('start an ended enrolment again once', async () => {
    const { id, email } = await registered(one, { emailVerified: true });
    await callLernito(one, enrolBody(email, COURSE));
    await one.get(EnrolmentService).release(id, WEBHOOK, 'for the test');
    expect(await enrolments(id)).toMatchObject([{ status: 'ended', sources: 0, changes: 2 }]);
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, i) => callLernito(i % 2 ? one : two, enrolBody(email, COURSE))),
    );
    expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([200]));
    expect(await enrolments(id)).toMatchObject([{ status: 'active', sources: 1, changes: 3 }]);
  });
});

it('overlapping lists in every order wait for each other and never for ever', async () => {
  const { id, email } = await registered(one, { emailVerified: true });
  const lists = COURSES.flatMap((_, from) => [
    [...COURSES.slice(from), ...COURSES.slice(0, from)],
    [...COURSES.slice(from), ...COURSES.slice(0, from)].reverse(),
  ]);
  const answers = await Promise.all(lists.map((list, i) => callLernito(i % 2 ? one : two, enrolBody(email, ...list))));
  expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([200]));
  expect(await enrolments(id)).toEqual(COURSES.map(untouched));
});

it('two sources at once hold the same enrolment', async () => {
  const { id, email } = await registered(one, { emailVerified: true });
  const grant = async (app: TestApp, reference: string, meanwhile: () => Promise<void> = async () => {}) =>
    app.get(UnitOfWork).run(async () => {
      const service = app.get(EnrolmentService);
      const view = await service.look(email, [COURSE], { kind: 'membership', reference });
      await meanwhile();
      await service.grant(view);
    });
  let others = 0;
  await grant(one, '1', async () => {
    if (others++ === 0) await grant(two, '2');
  });
  expect(await enrolments(id)).toEqual([{ status: 'active', course: COURSE, sources: 2, changes: 2 }]);
});

describe('a call beside the proof of the mailbox', () => {
  it('that proves and claims after the call has looked, and before it writes', async () => {
    const { id, email } = await registered(one);
    await one.get(UnitOfWork).run(async () => {
      const view = await one.get(EnrolmentService).look(email, [COURSE], WEBHOOK);
      expect(view.learner).toEqual({ accountId: id, proven: false });
      await proveAndClaim(two, id, email);
      await one.get(EnrolmentService).grant(view);
    });
    await one.drained();
    expect(await enrolments(id)).toEqual([untouched(COURSE)]);
    expect(await allowances(email)).toEqual([]);
  });

  it('of somebody who had no account when the call looked', async () => {
    const email = nobody();
    let id = 0;
    await one.get(UnitOfWork).run(async () => {
      const view = await one.get(EnrolmentService).look(email, [COURSE], WEBHOOK);
      ({ id } = await registered(two, { email, emailVerified: true }));
      await two.get(ClaimService).claim(id, email);
      await one.get(EnrolmentService).grant(view);
    });
    await one.drained();
    expect(await enrolments(id)).toEqual([untouched(COURSE)]);
  });

  it('that claims while the call has written and not committed', async () => {
    const { id, email } = await registered(one);
    let claim: Promise<void> | undefined;
    await one.get(UnitOfWork).run(async () => {
      await one.get(EnrolmentService).grant(await one.get(EnrolmentService).look(email, [COURSE], WEBHOOK));
      claim = proveAndClaim(two, id, email);
      // Time enough for a claim that waits for nobody to miss the allowance.
      await Promise.race([claim, sleep(500)]);
    });
    await claim;
    expect(await enrolments(id)).toEqual([untouched(COURSE)]);
    expect(await allowances(email)).toEqual([{ claimedBy: id }]);
  });

  it('never loses a course, however they fall together', async () => {
    const racers = await Promise.all(
      Array.from({ length: 25 }, async (_, i) => {
        const app = i % 2 ? one : two;
        const { id, email } = await registered(one);
        await Promise.all([
          callLernito(app, enrolBody(email, ...COURSES.slice(0, 2))),
          two.get(AccountService).markEmailVerified(id),
          callLernito(one, enrolBody(email, ...COURSES.slice(1, 3))),
        ]);
        return { id, email };
      }),
    );
    await one.drained();
    for (const { id, email } of racers) {
      expect(await enrolments(id)).toEqual(COURSES.slice(0, 3).map(untouched));
      expect((await allowances(email)).filter(({ claimedBy }) => claimedBy !== id)).toEqual([]);
    }
  });
});

describe('an allowance', () => {
  const MOVE = statement('test.move', 'update account set email = $2, email_key = $2 where id = $1');

  it('is the first account’s that proves the mailbox, and nobody else’s', async () => {
    const email = nobody();
    await callLernito(one, enrolBody(email, COURSE));
    const first = await registered(one, { email });
    await proveAndClaim(one, first.id, email);
    await one.get(Database).execute(MOVE, [first.id, nobody()]);
    const second = await registered(one, { email });
    await proveAndClaim(one, second.id, email);
    expect(await enrolments(second.id)).toEqual([]);
    expect(await enrolments(first.id)).toEqual([untouched(COURSE)]);
  });

  it('is not the next account’s by the proof of the one before', async () => {
    const email = nobody();
    await callLernito(one, enrolBody(email, COURSE));
    const first = await registered(one, { email });
    await one.get(Database).execute(MOVE, [first.id, nobody()]);
    const second = await registered(one, { email });
    await one.get(ClaimService).claim(first.id, email);
    expect([await enrolments(first.id), await enrolments(second.id)]).toEqual([[], []]);
    expect(await allowances(email)).toEqual([{ claimedBy: null }]);
  });

  it('that is being claimed can’t be revoked beside it', async () => {
    const email = nobody();
    await callLernito(one, enrolBody(email, COURSE));
    const { id } = await registered(one, { email });
    let revoked: Promise<unknown> | undefined;
    await one.get(UnitOfWork).run(async () => {
      const [open] = await one.get(LearnerRepository).openAllowances(email);
      revoked = two
        .get(AllowanceService)
        .revoke(open?.allowanceId ?? 0, id, 'x')
        .catch((error: unknown) => error);
      // Time enough for a revocation that waits for nobody.
      await Promise.race([revoked, sleep(300)]);
      await one.get(ClaimService).claim(id, email);
    });
    expect(await revoked).toMatchObject({ code: 'allowance_not_open' });
    expect(await enrolments(id)).toEqual([untouched(COURSE)]);
  });

  it('is claimed once, however often the proof is told', async () => {
    const email = nobody();
    await callLernito(one, enrolBody(email, ...COURSES));
    const { id } = await registered(one, { email, emailVerified: true });
    await Promise.all([one, two, one, two].map((app) => app.get(ClaimService).claim(id, email)));
    await one.drained();
    expect(await enrolments(id)).toEqual(COURSES.map(untouched));
  });
});

describe('an account that is closed beside the call', () => {
  const ORPHANS = statement(
    'test.orphans',
    `select e.id from enrolment e left join account a on a.id = e.account_id
      where e.account_id is not null and a.id is null`,
  );
  const OF_NOBODY = statement(
    'test.of-nobody',
    `select id from enrolment where account_id is null and status <> 'ended'`,
  );

  it('waits for the call, and its enrolment is cleaned up', async () => {
    const { id, email } = await registered(one, { emailVerified: true });
    let closed: Promise<void> | undefined;
    await one.get(UnitOfWork).run(async () => {
      await one.get(EnrolmentService).grant(await one.get(EnrolmentService).look(email, [COURSE], WEBHOOK));
      closed = two.get(AccountService).close(id);
      // Time enough for a closing that waits for nobody, and for what listens to it, to miss the enrolment.
      await Promise.race([closed.then(() => two.drained()), sleep(700)]);
    });
    await closed;
    await two.drained();
    expect(await one.get(Database).rows(ORPHANS)).toEqual([]);
  });

  it('is not enrolled again by who looked before', async () => {
    const { id, email } = await registered(one, { emailVerified: true });
    const enrolling = one.get(EnrolmentService);
    const grant = (view: LearnerView) => one.get(UnitOfWork).run(() => enrolling.grant(view));
    await grant(await enrolling.look(email, [COURSE], WEBHOOK));
    const before = await enrolling.look(email, [COURSE], { kind: 'webhook', reference: 'late' });
    await two.get(AccountService).close(id);
    await two.drained();
    await expect(grant(before)).rejects.toThrow(LostRace);
    expect(await one.get(Database).rows(OF_NOBODY)).toEqual([]);
  });

  it('keeps nothing, however they fall together', async () => {
    await Promise.all(
      Array.from({ length: 15 }, async (_, i) => {
        const { account } = await one.get(AccountService).register({ ...newPerson(), emailVerified: true });
        if (!account) throw new Error('not registered');
        const answers = await Promise.all([
          callLernito(i % 2 ? one : two, enrolBody(account.email, ...COURSES)),
          two.get(AccountService).close(account.id),
          callLernito(two, enrolBody(account.email, COURSE)),
        ]);
        expect([answers[0].statusCode, answers[2].statusCode]).toEqual([200, 200]);
      }),
    );
    await one.drained();
    expect(await one.get(Database).rows(ORPHANS)).toEqual([]);
  });
});

async function proveAndClaim(app: TestApp, id: number, email: string): Promise<void> {
  await app.get(AccountService).markEmailVerified(id);
  await app.get(ClaimService).claim(id, email);
}
