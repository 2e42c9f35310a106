import { createHmac } from 'node:crypto';
import type { Request } from 'autocannon';
import type { Scenario } from '../scenario';
import type { BenchClient, Credentials } from './client';

const PATH = '/api/lernito/webhook/';
const COURSE = 'course-v1:edX+DemoX+Demo_Course';

export async function enrolmentScenarios(client: BenchClient, secret: string, admin: Credentials): Promise<Scenario[]> {
  const { access } = await client.logIn(admin);
  const course = { course_id: COURSE, display_name: 'Demonstration' };
  await client.post('/admin/courses/', course, 201, { authorization: `Bearer ${access}` });
  let people = 0;
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
    { name: 'enrolment, repeated', status: 200, plan: () => signed('again@bench.example') },
  ];
}
