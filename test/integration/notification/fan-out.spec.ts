import { setTimeout as sleep } from 'node:timers/promises';
import { Account } from '../../../src/auth/account/account.entity';
import { Follow } from '../../../src/content/follow/follow.entity';
import { Database, statement } from '../../../src/infra/database/database';
import { OutboxRepository } from '../../../src/infra/outbox/outbox.repository';
import { NoticeRepository } from '../../../src/notification/deliver/notice.repository';
import { MovableClock } from '../../fakes/movable-clock';
import { aPost } from '../../factories/post';
import { aCreator } from '../../factories/tier';
import { startTestApp, type TestApp } from '../../setup/test-app';

const FOLLOWERS = 1_100;
const MINUTE_MS = 60_000;

const TOLD = statement(
  'test.fan-out-told',
  'select count(*) as told, count(distinct account_id) as readers from notification where fact_key = $1',
);
const COUNTED = statement(
  'test.fan-out-counted',
  `select count(*) as boxes, sum(unread) as unread, sum(total) as total from notification_box b
    where exists (select 1 from notification n where n.account_id = b.account_id and n.fact_key = $1)`,
);
const FAILED = statement('test.fan-out-failed', 'select id from outbox_delivery where last_error is not null');

const clock = new MovableClock();
let app: TestApp;
let followers: number[];
let people = 0;

beforeAll(async () => {
  app = await startTestApp({}, { clock });
  const now = clock.now();
  followers = [];
  for (let done = 0; done < FOLLOWERS; done += 100) {
    const rows = Array.from({ length: 100 }, () => {
      people += 1;
      const [name, email] = [`fan${people}`, `fan${people}@example.org`];
      const dates = { createdAt: now, updatedAt: now };
      return { username: name, usernameKey: name, email, emailKey: email, passwordHash: null, roles: [], ...dates };
    });
    const made = app.get(Database).manager.create(Account, rows);
    await app.get(Database).manager.insert(Account, made);
    followers.push(...made.map(({ id }) => Number(id)));
  }
});

afterEach(() => jest.restoreAllMocks());

/** Somebody whom all of them follow, and nobody else. */
async function aStar(): ReturnType<typeof aCreator> {
  const star = await aCreator(app);
  const { manager } = app.get(Database);
  const rows = followers.map((followerId) => ({ followerId, creatorId: star.id, createdAt: clock.now() }));
  for (let at = 0; at < rows.length; at += 200) await manager.insert(Follow, rows.slice(at, at + 200));
  return star;
}

async function expectAllTold(post: number, posts: number): Promise<void> {
  const key = `post:${post}`;
  expect(await app.get(Database).first(TOLD, [key])).toEqual({ told: FOLLOWERS, readers: FOLLOWERS });
  const counted = await app.get(Database).first<Record<string, unknown>>(COUNTED, [key]);
  const all = FOLLOWERS * posts;
  expect(Object.values(counted ?? {}).map(Number)).toEqual([FOLLOWERS, all, all]);
}

it('a post is told to all of them, though a step fails', async () => {
  const star = await aStar();
  const notices = app.get(NoticeRepository);
  const add = notices.add.bind(notices);
  let steps = 0;
  jest.spyOn(notices, 'add').mockImplementation(async (...told) => {
    steps += 1;
    const rows = await add(...told);
    // Written, and rolled back.
    if (steps === 2) throw new Error('gone');
    return rows;
  });
  const { id } = await aPost(app, star);
  while ((await app.get(Database).rows(FAILED)).length === 0) await sleep(10);
  clock.advance(60 * MINUTE_MS);
  await app.drained();
  expect(steps).toBeGreaterThan(3);
  await expectAllTold(id, 1);
});

it('a post is told to each of them once, though an instance dies between a step and its end', async () => {
  const star = await aStar();
  const outbox = app.get(OutboxRepository);
  const done = outbox.done.bind(outbox);
  let crashes = 0;
  jest.spyOn(outbox, 'done').mockImplementation(async (delivery) => {
    if (!delivery.listener.startsWith('notification.post-') || crashes === 2) return done(delivery);
    crashes += 1;
    // Its lease has run out before anybody notes that it was done.
    clock.advance(MINUTE_MS);
  });
  const { id } = await aPost(app, star);
  await app.drained();
  expect(crashes).toBe(2);
  await expectAllTold(id, 2);
});
