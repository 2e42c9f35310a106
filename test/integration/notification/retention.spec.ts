import { Database, statement } from '../../../src/infra/database/database';
import { UnitOfWork } from '../../../src/infra/database/unit-of-work';
import { NoticeWriter } from '../../../src/notification/deliver/notice-writer';
import type { BellResponse } from '../../../src/notification/bell/dto/bell.response';
import type { NotificationKind } from '../../../src/notification/kind/notification-kind.rules';
import { NewsService } from '../../../src/notification/live/news.service';
import { NotificationRetentionJob } from '../../../src/notification/retention/retention.job';
import { MovableClock } from '../../fakes/movable-clock';
import { type LoggedIn, loggedIn } from '../../factories/administrator';
import { startTestApp, type TestApp } from '../../setup/test-app';

const PATH = '/feed/api/notifications/';
const DAY_MS = 86_400_000;

const WRONG = statement(
  'test.retention-wrong-boxes',
  `select count(*) as count from notification_box b where
     b.unread <> (select count(*) from notification n where n.account_id = b.account_id and n.unread = true) or
     b.total <> (select count(*) from notification n where n.account_id = b.account_id and n.shown = true)`,
);
const ALL_OF = statement('test.retention-all-of', 'select count(*) as count from notification where account_id = $1');
const HOLD = statement('test.retention-hold', 'select unread from notification_box where account_id = $1 for update');

const clock = new MovableClock();
let app: TestApp;
let other: TestApp;
let facts = 0;

beforeAll(async () => {
  const settings = { ACCESS_TOKEN_TTL: '3650d', REFRESH_TOKEN_TTL: '3651d' };
  [app, other] = [await startTestApp(settings, { clock }), await startTestApp(settings, { clock })];
  // Rounds are the tests' own from here on.
  for (const one of [app, other]) await one.get(NotificationRetentionJob).beforeApplicationShutdown();
});

async function tell(people: readonly LoggedIn[], kind: NotificationKind, times = 1): Promise<void> {
  for (let told = 0; told < times; told += 1) {
    facts += 1;
    const notice = { kind, factKey: `test:${facts}`, actorId: null };
    await app.get(NoticeWriter).tell(
      notice,
      people.map(({ id }) => id),
    );
  }
}

async function bell(person: LoggedIn): Promise<BellResponse> {
  return (await person.call('GET', `${PATH}?max=100`)).json<BellResponse>();
}

async function kindsOf(person: LoggedIn): Promise<unknown[]> {
  return (await bell(person)).all_list.map(({ data }) => data.kind).sort();
}

const rowsOf = async ({ id }: LoggedIn) => (await app.get(Database).first<{ count: number }>(ALL_OF, [id]))?.count;
const wrongBoxes = async () => (await app.get(Database).first<{ count: number }>(WRONG))?.count;
const runAll = () => Promise.all([app, other, app].map((one) => one.get(NotificationRetentionJob).run()));
const readAll = (person: LoggedIn) => person.call('POST', `${PATH}read-all/`);

it('what was read goes after 90 days, and what nobody read after a year, with the counters', async () => {
  const [reader, sleeper] = [await loggedIn(app), await loggedIn(app)];
  const hidden = { preferences: [{ kind: 'tip', bell: false }] };
  await reader.call('PUT', `${PATH}preferences/`, hidden);
  await tell([reader, sleeper], 'follow', 3);
  await tell([reader, sleeper], 'tip');
  await tell([reader, sleeper], 'security');
  await readAll(reader);
  await app.drained();
  clock.advance(80 * DAY_MS);
  await tell([reader, sleeper], 'like');
  await readAll(reader);
  await runAll();
  expect([await rowsOf(reader), await rowsOf(sleeper)]).toEqual([6, 6]);

  clock.advance(11 * DAY_MS);
  await runAll();
  expect([await kindsOf(reader), await rowsOf(reader)]).toEqual([['like', 'security'], 2]);
  expect(await bell(reader)).toMatchObject({ unread_count: 0, all_count: 2 });
  expect(await bell(sleeper)).toMatchObject({ unread_count: 6, all_count: 6 });
  expect(await wrongBoxes()).toBe(0);

  clock.advance(275 * DAY_MS);
  await tell([reader], 'follow');
  const news = jest.spyOn(app.get(NewsService), 'tell');
  await app.get(NotificationRetentionJob).run();
  expect(news.mock.calls).toEqual([[[sleeper.id]]]);
  news.mockRestore();
  expect([await kindsOf(reader), await kindsOf(sleeper)]).toEqual([['follow'], ['like']]);
  expect(await bell(sleeper)).toMatchObject({ unread_count: 1, all_count: 1 });
  expect(await wrongBoxes()).toBe(0);
});

it('keeps the counters right while all of them are read, removed and told anew', async () => {
  const people = await Promise.all(Array.from({ length: 3 }, () => loggedIn(app)));
  await tell(people, 'follow', 12);
  clock.advance(200 * DAY_MS);
  const slugs = await Promise.all(people.map(async (person) => (await bell(person)).all_list.map(({ slug }) => slug)));
  await Promise.all([
    ...people.map(readAll),
    ...people.flatMap((person, at) => [
      person.call('DELETE', `${PATH}${slugs[at]?.[0]}/`),
      person.call('POST', `${PATH}${slugs[at]?.[1]}/unread/`),
    ]),
    runAll(),
    tell(people, 'like', 5),
    runAll(),
  ]);
  await runAll();
  expect(await wrongBoxes()).toBe(0);
  for (const person of people) expect((await kindsOf(person)).filter((kind) => kind === 'like')).toHaveLength(5);
});

it('waits for no box that others have in hand: it has its turn another time', async () => {
  const [busy, free] = [await loggedIn(app), await loggedIn(app)];
  await tell([busy, free], 'follow');
  await Promise.all([readAll(busy), readAll(free)]);
  clock.advance(91 * DAY_MS);
  await app.get(UnitOfWork).run(async () => {
    await app.get(Database).first(HOLD, [busy.id]);
    await other.get(NotificationRetentionJob).run();
  });
  expect([await rowsOf(busy), await rowsOf(free)]).toEqual([1, 0]);
  await other.get(NotificationRetentionJob).run();
  expect(await rowsOf(busy)).toBe(0);
});

it('goes on after a batch in which there was nothing to remove', async () => {
  const [sleeper, reader] = [await loggedIn(app), await loggedIn(app)];
  await tell([sleeper], 'follow', 520);
  await tell([reader], 'follow');
  await readAll(reader);
  clock.advance(91 * DAY_MS);
  await app.get(NotificationRetentionJob).run();
  expect([await rowsOf(sleeper), await rowsOf(reader)]).toEqual([520, 0]);
  expect(await wrongBoxes()).toBe(0);
});
