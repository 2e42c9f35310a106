import { ApiDocument } from '../../src/infra/docs/api-document';
import type { LoggedIn } from '../factories/administrator';
import { aCreator } from '../factories/tier';
import { startTestApp, type TestApp } from '../setup/test-app';

interface Made {
  readonly id: number;
}

const ROUTES: readonly [string, object][] = [
  ['/content/api/tiers/', { name: 'Gold', amount: 19900 }],
  ['/content/api/content/', { title: 'First', body: 'Hello' }],
];

let app: TestApp;
let creator: LoggedIn;

beforeAll(async () => {
  app = await startTestApp();
  creator = await aCreator(app);
});

describe.each(ROUTES)('POST %s under an Idempotency-Key', (url, body) => {
  const count = async (): Promise<number> =>
    (await creator.call('GET', `${url}?creator=${creator.id}`)).json<{ count: number }>().count;
  const send = (key: string, more: object = {}, who = creator) =>
    who.call('POST', url, { ...body, ...more }, { 'idempotency-key': key });

  it('makes one of it, however often it is sent', async () => {
    const before = await count();
    const answers = await Promise.all(Array.from({ length: 10 }, () => send('often')));
    const made = answers.filter(({ statusCode }) => statusCode === 201);
    expect(new Set(made.map((answer) => answer.json<Made>().id)).size).toBe(1);
    expect(answers.filter(({ statusCode }) => statusCode !== 409)).toEqual(made);
    const again = await send('often');
    expect([again.statusCode, again.body, again.headers['etag'], again.headers['idempotent-replayed']]).toEqual([
      201,
      made[0]?.body,
      '"1"',
      'true',
    ]);
    expect(await count()).toBe(before + 1);
  });

  it('refuses another body, and lets a faulty one be put right', async () => {
    expect((await send('fault', { title: 5.5, name: null, kind: 'nonsense' })).statusCode).toBe(400);
    expect((await send('fault')).statusCode).toBe(201);
    const answer = await send('fault', { description: 'Other', teaser: 'Other' });
    expect([answer.statusCode, Object.keys(answer.json<object>())]).toEqual([422, ['detail']]);
  });

  it('tells another creator nothing', async () => {
    const mine = (await send('shared')).json<Made>();
    const theirs = await send('shared', {}, await aCreator(app));
    expect(theirs.statusCode).toBe(201);
    expect(theirs.json<Made>().id).not.toBe(mine.id);
  });

  it('is documented', () => {
    const { parameters, responses } = app.get(ApiDocument).complete().paths[url.slice(0, -1)]?.post ?? {};
    expect(parameters).toContainEqual(expect.objectContaining({ in: 'header', name: 'Idempotency-Key' }));
    expect(Object.keys(responses ?? {})).toEqual(expect.arrayContaining(['400', '409', '422']));
  });
});
