import { EnrolmentRepository } from '../../../src/enrollment-webhook/enrolment/enrolment.repository';
import { EnrolmentViewRepository } from '../../../src/enrollment-webhook/enrolment/enrolment-view.repository';
import { LearnerRepository } from '../../../src/enrollment-webhook/enrolment/learner.repository';
import { Course } from '../../../src/enrollment-webhook/entities/course.entity';
import { Enrolment } from '../../../src/enrollment-webhook/entities/enrolment.entity';
import { EnrolmentAllowance } from '../../../src/enrollment-webhook/entities/enrolment-allowance.entity';
import { EnrolmentSource } from '../../../src/enrollment-webhook/entities/enrolment-source.entity';
import { LmsAttempt } from '../../../src/enrollment-webhook/lms/lms-attempt.entity';
import { LmsDelivery } from '../../../src/enrollment-webhook/lms/lms-delivery.entity';
import { LmsQueueRepository } from '../../../src/enrollment-webhook/lms/lms-queue.repository';
import { Lms } from '../../../src/enrollment-webhook/lms/lms.entity';
import { planOf } from '../../setup/plan-of';
import { describeOnPostgres } from '../../setup/on-postgres';
import { startTestDatabase, type TestDatabase } from '../../setup/test-database';
import { TypeOrmModule } from '@nestjs/typeorm';

const WEBHOOK = { kind: 'webhook', reference: 'lernito' } as const;
const PEOPLE = 20_000;

const SEED = [
  `insert into account (username, username_key, email, email_key, email_verified_at, created_at, updated_at)
   select 'u' || n, 'u' || n, 'u' || n || '@example.com', 'u' || n || '@example.com', now(), now(), now()
     from generate_series(1, ${PEOPLE}) n`,
  `insert into course (course_key, display_name, created_at, updated_at)
   select 'course-v1:Plan+Course+' || n, 'Course', now(), now() from generate_series(1, 2000) n`,
  `insert into enrolment (account_id, course_id, mode, status, created_at, updated_at)
   select a.id, (a.id * 7 + n) % 2000 + 1, 'audit', 'active', now(), now()
     from account a cross join generate_series(1, 5) n`,
  `insert into enrolment_source (enrolment_id, kind, reference, created_at)
   select id, 'webhook', 'lernito', now() from enrolment`,
  `insert into enrolment_allowance (email_key, email, course_id, kind, reference, granted_at)
   select 'p' || n || '@example.com', 'p', n % 2000 + 1, 'webhook', 'lernito', now() from generate_series(1, ${PEOPLE}) n`,
  `insert into lms (name, url, secret, created_at, updated_at)
   select 'LMS ' || n, 'https://lms.example.org/', 'x', now(), now() from generate_series(1, 2) n`,
  `insert into lms_delivery (lms_id, enrolment_id, status, told, run_at, pending_since, created_at, updated_at)
   select l.id, e.id, case when e.id % 1000 = 0 then 'pending' else 'delivered' end, 'active', now(), now(), now(), now()
     from enrolment e cross join lms l`,
  'analyze',
];

describeOnPostgres('on large tables', () => {
  let test: TestDatabase;

  beforeAll(async () => {
    const entities = TypeOrmModule.forFeature([
      Course,
      Enrolment,
      EnrolmentSource,
      EnrolmentAllowance,
      Lms,
      LmsDelivery,
      LmsAttempt,
    ]);
    const providers = [LearnerRepository, EnrolmentRepository, EnrolmentViewRepository, LmsQueueRepository];
    test = await startTestDatabase({ imports: [entities], providers });
    for (const sql of SEED) await test.dataSource.query(sql);
  });

  it('a call looks everything up by index', async () => {
    const keys = ['course-v1:Plan+Course+7', 'course-v1:Plan+Course+8'];
    const plan = await planOf(
      test,
      () => test.get(LearnerRepository).view('u77@example.com', keys, WEBHOOK),
      `"learner.view"('{${keys.join(',')}}', 'u77@example.com', 'webhook', 'lernito')`,
    );
    for (const index of ['uq_course_key', 'uq_account_email_key', 'uq_enrolment_account_course'])
      expect(plan).toContain(index);
    for (const index of ['uq_enrolment_source', 'uq_enrolment_allowance_mailbox']) expect(plan).toContain(index);
    expect(plan).not.toContain('Seq Scan');
  });

  it('an account’s own page reads its own enrolments only', async () => {
    const view = test.get(EnrolmentViewRepository);
    const plan = await planOf(test, () => view.ownPage(77, { page: 1, size: 20 }), `"enrolment.own-page"(77, 20, 0)`);
    expect(plan).toContain('uq_enrolment_account_course');
    expect(plan).not.toContain('Seq Scan');
    const count = await planOf(test, () => view.ownCount(77), `"enrolment.own-count"(77)`);
    expect(count).toContain('uq_enrolment_account_course');
  });

  it('what LMSs have yet to be told is found without looking at what they know', async () => {
    const queue = test.get(LmsQueueRepository);
    const now = new Date(Date.now() + 60_000);
    const due = `"lms-queue.due"(1, '${now.toISOString()}', 8)`;
    const plan = await planOf(test, () => queue.claim(now, now, 8), due);
    expect(plan).toContain('ix_lms_delivery_due');
    expect(plan).not.toContain('Seq Scan');
    const want = await planOf(test, () => queue.want(77, now), `"lms-queue.want"(77, '${now.toISOString()}')`);
    expect(want).not.toContain('Seq Scan on lms_delivery');
  });
});
