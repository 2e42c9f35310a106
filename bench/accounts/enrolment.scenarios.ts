import { createHmac } from 'node:crypto';
import { Client } from 'pg';
import type { Request } from 'autocannon';
import type { Scenario } from '../scenario';
import type { BenchClient, Credentials } from '../client';

const PATH = '/api/lernito/webhook/';
const COURSE = 'course-v1:edX+DemoX+Demo_Course';

/** As many as no run uses up. */
const LEARNERS = 150_000;

export async function enrolmentScenarios(
  client: BenchClient,
  secret: string,
  admin: Credentials,
  databaseUrl: string,
): Promise<Scenario[]> {
  await seedLearners(databaseUrl);
  const { access } = await client.logIn(admin);
  const course = { course_id: COURSE, display_name: 'Demonstration' };
  await client.post('/admin/courses/', course, 201, { authorization: `Bearer ${access}` });
  let people = 1;
  const signed = (email: string): Request => {
    const body = JSON.stringify({ courseIds: [COURSE], email, family: 'Bench', name: 'Learner', username: 'learner' });
    const signature = createHmac('sha256', secret).update(body).digest('hex');
    return {
      method: 'POST',
      path: PATH,
      headers: { 'content-type': 'application/json', 'x-lernito-signature': signature },
      body,
    };
  };
  return [
    {
      name: 'enrolment, fresh',
      status: 200,
      plan: () => ({ method: 'POST', path: PATH, setupRequest: () => signed(`learner${(people += 1)}@bench.example`) }),
    },
    { name: 'enrolment, repeated', status: 200, plan: () => signed('learner1@bench.example') },
  ];
}

/** Accounts with a proven mailbox, past the API: signing them up would hash for an hour. */
async function seedLearners(databaseUrl: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query(
    `insert into account (username, username_key, email, email_key, email_verified_at, created_at, updated_at)
     select 'learner' || n, 'learner' || n, mail, mail, now(), now(), now()
       from (select n, 'learner' || n || '@bench.example' as mail from generate_series(1, $1::int) n) people`,
    [LEARNERS],
  );
  await client.query('vacuum analyze');
  await client.end();
}
