import { AccountService } from '../../../src/auth/account/account.service';
import { CourseService } from '../../../src/enrollment-webhook/course/course.service';
import { ClaimService } from '../../../src/enrollment-webhook/enrolment/claim.service';
import { ClosingService } from '../../../src/enrollment-webhook/enrolment/closing.service';
import { Database, statement } from '../../../src/infra/database/database';
import { callLernito, enrolBody } from '../../factories/lernito';
import { registered } from '../../factories/person';
import { startTestApp, type TestApp } from '../../setup/test-app';

const COURSE = 'course-v1:Closed+Course+1';

const ENROLMENTS = statement('test.closed.enrolments-of', 'select status from enrolment where account_id = $1');
const ALLOWANCES = statement(
  'test.closed.allowances-of',
  `select claimed_by as "claimedBy", claimed_at as "claimedAt" from enrolment_allowance where email_key = $1`,
);
// The account is gone and nobody has been told: what stands before the listener of its closing has run.
const REMOVE = statement('test.remove', 'delete from account where id = $1');
const MOVE = statement('test.closed.move', 'update account set email = $2, email_key = $2 where id = $1');

let app: TestApp;
let people = 0;

beforeAll(async () => {
  app = await startTestApp();
  await app.get(CourseService).create({ course_id: COURSE, display_name: 'A course' });
});

const OPEN = { claimedBy: null, claimedAt: null };
const enrolments = (accountId: number) => app.get(Database).rows<{ status: string }>(ENROLMENTS, [accountId]);
const allowances = (email: string) => app.get(Database).rows<{ claimedBy: number | null }>(ALLOWANCES, [email]);
const closingTold = (id: number, email: string) => app.get(ClosingService).close(id, email);

async function call(email: string): Promise<void> {
  const answer = await callLernito(app, enrolBody(email, COURSE));
  expect(answer.statusCode).toBe(200);
}

async function prove(id: number, email: string): Promise<void> {
  await app.get(AccountService).markEmailVerified(id);
  await app.get(ClaimService).claim(id, email);
}

/** A mailbox whose allowance an account has claimed. */
async function claimed(): Promise<{ id: number; email: string }> {
  people += 1;
  const { id, email } = await registered(app, { email: `leaver${people}@example.com` });
  await call(email);
  await prove(id, email);
  await app.drained();
  expect(await allowances(email)).toMatchObject([{ claimedBy: id }]);
  return { id, email };
}

async function claimedAndGone(): Promise<{ id: number; email: string }> {
  const person = await claimed();
  await app.get(Database).execute(REMOVE, [person.id]);
  return person;
}

describe('an allowance whose claimant is gone, before the closing is told', () => {
  it('is granted afresh by a call, and outlives the closing', async () => {
    const { id, email } = await claimedAndGone();
    await call(email);
    expect(await allowances(email)).toEqual([OPEN]);
    await closingTold(id, email);
    expect(await allowances(email)).toEqual([OPEN]);
    const next = await registered(app, { email });
    await prove(next.id, email);
    expect(await enrolments(next.id)).toEqual([{ status: 'active' }]);
  });

  it('is granted afresh by a call while the next account has not proven the mailbox', async () => {
    const { id, email } = await claimedAndGone();
    const next = await registered(app, { email });
    await call(email);
    await closingTold(id, email);
    expect(await allowances(email)).toEqual([OPEN]);
    await prove(next.id, email);
    expect(await enrolments(next.id)).toEqual([{ status: 'active' }]);
  });

  it('is the next account’s that proves the mailbox, and stays with it', async () => {
    const { id, email } = await claimedAndGone();
    const next = await registered(app, { email });
    await prove(next.id, email);
    await closingTold(id, email);
    expect(await enrolments(next.id)).toEqual([{ status: 'active' }]);
    expect(await allowances(email)).toMatchObject([{ claimedBy: next.id }]);
  });
});

it('an allowance whose claimant is gone is forgotten where nobody asks for it again', async () => {
  const { id, email } = await claimedAndGone();
  await closingTold(id, email);
  expect(await allowances(email)).toEqual([]);
});

it('an allowance stays with the first account that claimed it, as long as that exists', async () => {
  const { id, email } = await claimed();
  await app.get(Database).execute(MOVE, [id, `moved-${email}`]);
  const next = await registered(app, { email });
  await call(email);
  await prove(next.id, email);
  expect(await allowances(email)).toMatchObject([{ claimedBy: id }]);
  expect(await enrolments(next.id)).toEqual([]);
});
