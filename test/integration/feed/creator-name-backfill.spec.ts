import { Database, statement } from '../../../src/infra/database/database';
import { CreatorNameBackfill } from '../../../src/feed/search/creator-name.backfill';
import { registered } from '../../factories/person';
import { startTestApp, type TestApp } from '../../setup/test-app';

const OF_OLD = statement('test.creator-of-old', 'update account set is_creator = true where id = $1');

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp();
});

async function found(q: string): Promise<string[]> {
  const answer = await app.inject({ method: 'GET', url: '/feed/api/search', query: { q } });
  return answer.json<{ creators: { username: string }[] }>().creators.map(({ username }) => username);
}

it('creators whom no fact told of are found after the next start', async () => {
  const { id } = await registered(app, { username: 'marigold' });
  await app.get(Database).execute(OF_OLD, [id]);
  expect(await found('marigold')).toEqual([]);
  const next = await startTestApp();
  // Asked to end while it runs, it comes to its end first.
  await next.close();
  expect(await found('marigold')).toEqual(['marigold']);
});

it('a name without letters is passed once, not for ever', async () => {
  const { id } = await registered(app, { username: '---' });
  await app.get(Database).execute(OF_OLD, [id]);
  await app.get(CreatorNameBackfill).run();
  expect(await found('---')).toEqual([]);
});
