import { once } from 'node:events';
import { Logger } from '@nestjs/common';
import { SMTPServer } from 'smtp-server';
import { Account } from '../../../src/auth/account/account.entity';
import { AccountService } from '../../../src/auth/account/account.service';
import { Follow } from '../../../src/content/follow/follow.entity';
import { Database, statement } from '../../../src/infra/database/database';
import { Gateway } from '../../../src/infra/database/gateway';
import { OutboxRepository } from '../../../src/infra/outbox/outbox.repository';
import type { PeriodicJob } from '../../../src/infra/periodic/periodic-job';
import { Membership } from '../../../src/subscription/membership/membership.entity';
import { BoxCheckJob } from '../../../src/notification/bell/box-check.job';
import { BATCH, NoticeWriter } from '../../../src/notification/deliver/notice-writer';
import { NoticeRepository } from '../../../src/notification/deliver/notice.repository';
import { PostFanOut } from '../../../src/notification/deliver/post-fan-out';
import { DigestJob } from '../../../src/notification/mail/digest.job';
import { NotificationRetentionJob } from '../../../src/notification/retention/retention.job';
import { MovableClock } from '../../fakes/movable-clock';
import { type LoggedIn, loggedIn } from '../../factories/administrator';
import { aPost } from '../../factories/post';
import { aCreator, aTier } from '../../factories/tier';
import { closeAfterSpec } from '../../setup/spec-database';
import { startTestApp, type TestApp } from '../../setup/test-app';

const FOLLOWERS = 1_300;
const MEMBERS = 300;

const TOLD = statement(
  'test.told',
  `select count(*) as rows_, count(distinct account_id) as readers from notification where fact_key = $1`,
);
const BOXES = statement(
  'test.boxes',
  `select count(*) as count from notification_box b where (b.unread <> (select count(*) from notification n
     where n.account_id = b.account_id and n.unread = true)) or (b.total <> (select count(*) from notification n
     where n.account_id = b.account_id and n.shown = true))`,
);
const SPOIL = statement('test.spoil', 'update notification_box set unread = 7 where account_id = $1');
const LEFT = statement(
  'test.left',
  `select (select count(*) from notification where account_id = $1 or actor_id = $1)
     + (select count(*) from notification_box where account_id = $1)
     + (select count(*) from notification_preference where account_id = $1) as count`,
);

const clock = new MovableClock();
let app: TestApp;
let other: TestApp;

beforeAll(async () => {
  [app, other] = [await startTestApp({}, { clock }), await startTestApp({}, { clock })];
  // Rounds are the tests' own: on a slow machine others would come before them, and among the queries that are counted.
  const jobs = [app, other].flatMap((one) =>
    [BoxCheckJob, DigestJob, NotificationRetentionJob].map((job) => one.get<PeriodicJob>(job)),
  );
  for (const job of jobs) await job.beforeApplicationShutdown();
});

let people = 0;

/** Accounts in a row, written past the services. */
async function accounts(count: number): Promise<number[]> {
  const ids: number[] = [];
  const now = clock.now();
  for (let done = 0; done < count; done += 100) {
    const rows = Array.from({ length: Math.min(100, count - done) }, () => {
      people += 1;
      const name = `crowd${people}`;
      const email = `${name}@example.org`;
      const dates = { createdAt: now, updatedAt: now };
      return { username: name, usernameKey: name, email, emailKey: email, passwordHash: null, roles: [], ...dates };
    });
    const made = app.get(Database).manager.create(Account, rows);
    await app.get(Database).manager.insert(Account, made);
    ids.push(...made.map(({ id }) => Number(id)));
  }
  return ids;
}

async function follow(creatorId: number, followers: readonly number[]): Promise<void> {
  const rows = followers.map((followerId) => ({ followerId, creatorId, createdAt: clock.now() }));
  for (let at = 0; at < rows.length; at += 200) {
    await app.get(Database).manager.insert(Follow, rows.slice(at, at + 200));
  }
}

async function join(creatorId: number, tierId: number, members: readonly number[]): Promise<void> {
  const now = clock.now();
  const dates = { startedAt: now, createdAt: now, updatedAt: now };
  const rows = members.map((accountId) => ({
    accountId,
    tierId,
    creatorId,
    accessUntil: null,
    endedAt: null,
    ...dates,
  }));
  await app.get(Database).manager.insert(Membership, rows);
}

const told = (factKey: string) => app.get(Database).first<{ rows_: number; readers: number }>(TOLD, [factKey]);
const wrongBoxes = async () => (await app.get(Database).first<{ count: number }>(BOXES))?.count;

describe('a post of somebody whom many follow', () => {
  let creator: LoggedIn;
  let post: number;

  beforeAll(async () => {
    creator = await aCreator(app);
    const tier = await aTier(app, creator);
    const crowd = await accounts(FOLLOWERS + MEMBERS);
    await follow(creator.id, crowd.slice(0, FOLLOWERS));
    await join(creator.id, tier.id, crowd.slice(FOLLOWERS - 100, FOLLOWERS + MEMBERS - 100));
  });

  it('is told to each of them once, in batches, however often it is announced', async () => {
    const sizes: number[] = [];
    for (const one of [app, other]) {
      const notices = one.get(NoticeRepository);
      const add = notices.add.bind(notices);
      jest.spyOn(notices, 'add').mockImplementation((notice, recipients, now) => {
        sizes.push(recipients.length);
        return add(notice, recipients, now);
      });
    }
    post = (await aPost(app, creator)).id;
    const fact = { post_id: post, creator_id: creator.id };
    await Promise.all([app, other, app].map((one) => one.get(PostFanOut).published(fact)));
    await app.drained();
    jest.restoreAllMocks();
    expect(await told(`post:${post}`)).toEqual({
      rows_: FOLLOWERS + MEMBERS - 100,
      readers: FOLLOWERS + MEMBERS - 100,
    });
    expect(Math.max(...sizes)).toBeLessThanOrEqual(BATCH);
    expect(sizes.length).toBeGreaterThanOrEqual(4 * 4);
    expect(await wrongBoxes()).toBe(0);
  });

  it('is told to nobody more once it was deleted', async () => {
    await creator.call('DELETE', `/content/api/content/${post}/`);
    const [late] = await accounts(1);
    await follow(creator.id, [late ?? 0]);
    await app.get(PostFanOut).published({ post_id: post, creator_id: creator.id });
    await app.drained();
    expect((await told(`post:${post}`))?.readers).toBe(FOLLOWERS + MEMBERS - 100);
  });
});

it('one fact told by many at once is one notification, and the counters are right', async () => {
  const crowd = await accounts(120);
  const notice = { kind: 'tip', factKey: 'test:race', actorId: null } as const;
  const shuffled = [...crowd].reverse();
  await Promise.all(
    Array.from({ length: 12 }, (_, at) =>
      (at % 2 ? app : other).get(NoticeWriter).tell(notice, at % 3 ? crowd : shuffled),
    ),
  );
  expect(await told('test:race')).toEqual({ rows_: 120, readers: 120 });
  expect(await wrongBoxes()).toBe(0);
});

it('a counter that is wrong is found, and put right', async () => {
  const [one = 0, two = 0] = await accounts(2);
  await app.get(NoticeWriter).tell({ kind: 'tip', factKey: 'test:check', actorId: null }, [one, two]);
  await app.get(Database).execute(SPOIL, [one]);
  expect(await wrongBoxes()).toBe(1);
  const log = jest.spyOn(Logger.prototype, 'error').mockImplementation();
  const job = app.get(BoxCheckJob);
  let found = 0;
  while (found === 0) found = await job.run();
  expect([found, await wrongBoxes(), log.mock.calls.length]).toEqual([1, 0, 1]);
  log.mockRestore();
});

it('the list and its counters are one query', async () => {
  const person = await loggedIn(app);
  await app.get(NoticeWriter).tell({ kind: 'tip', factKey: 'test:one', actorId: null }, [person.id]);
  await app.drained();
  const run = jest.spyOn(app.get(Gateway), 'run');
  const answer = await person.call('GET', '/feed/api/notifications/?max=100');
  const names = run.mock.calls
    .map(([{ name }]) => name)
    .filter((name) => !/^(?:outbox|news|webhook|post-listing)/.test(name));
  run.mockRestore();
  expect(answer.json()).toMatchObject({ unread_count: 1, all_count: 1 });
  expect(names).toEqual(['bell.list']);
});

it('nothing is left of a closed account, whatever is told to it meanwhile', async () => {
  const [person, neighbour] = [await loggedIn(app), await loggedIn(app)];
  const writer = other.get(NoticeWriter);
  const tell = (at: number, actorId: number | null, to: number) =>
    writer.tell({ kind: 'like', factKey: `test:closing:${at}:${to}`, actorId }, [to]);
  for (let at = 0; at < 5; at += 1) await tell(at, neighbour.id, person.id);
  const body = { preferences: [{ kind: 'like', bell: true }] };
  await person.call('PUT', '/feed/api/notifications/preferences/', body);
  await Promise.all([
    ...Array.from({ length: 20 }, (_, at) => tell(at + 5, neighbour.id, person.id)),
    app.get(AccountService).close(person.id),
    ...Array.from({ length: 5 }, (_, at) => tell(at, person.id, neighbour.id)),
  ]);
  await app.drained();
  await tell(99, neighbour.id, person.id);
  await tell(100, person.id, neighbour.id);
  expect((await app.get(Database).first<{ count: number }>(LEFT, [person.id]))?.count).toBe(0);
  expect(await wrongBoxes()).toBe(0);
});

it('a mail that the server took before we could note it comes again as the same mail', async () => {
  const received: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, _session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        received.push(Buffer.concat(chunks).toString());
        done();
      });
    },
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  closeAfterSpec(() => new Promise<void>((resolve) => server.close(() => resolve())));
  const { port } = server.server.address() as { port: number };
  await Promise.all([app.close(), other.close()]);
  const mailing = await startTestApp({ SMTP_URL: `smtp://127.0.0.1:${port}` }, { clock });
  const person = await loggedIn(mailing);
  await mailing.drained();

  const outbox = mailing.get(OutboxRepository);
  const done = outbox.done.bind(outbox);
  let crashes = 0;
  jest.spyOn(outbox, 'done').mockImplementation(async (delivery) => {
    if (delivery.listener !== 'mail.deliver' || crashes > 0) return done(delivery);
    crashes += 1;
    clock.advance(60_000);
  });
  await mailing.get(NoticeWriter).tell({ kind: 'tip', factKey: 'test:smtp', actorId: null }, [person.id]);
  await mailing.drained();
  jest.restoreAllMocks();

  const ids = received.map((mail) => /^Message-ID: (<.+>)\r$/im.exec(mail)?.[1]);
  expect([crashes, ids.length, new Set(ids).size]).toEqual([1, 2, 1]);
  const unfolded = received[0]?.replaceAll(/\r\n[ \t]+/g, ' ') ?? '';
  expect(unfolded).toMatch(
    /^List-Unsubscribe: <http:\/\/localhost:8000\/feed\/api\/notifications\/unsubscribe\/\d+\.tip\.[\w-]{43}\/>\r$/m,
  );
  expect(unfolded).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/m);
  expect(unfolded).toMatch(/multipart\/alternative/);
});
