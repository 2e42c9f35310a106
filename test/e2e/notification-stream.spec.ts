import { setTimeout as sleep } from 'node:timers/promises';
import { SessionService } from '../../src/auth/session/session.service';
import { shutDown } from '../../src/infra/health/shut-down';
import { NoticeWriter } from '../../src/notification/deliver/notice-writer';
import { MOST_OF_ACCOUNT, StreamHub } from '../../src/notification/live/stream-hub';
import { MovableClock } from '../fakes/movable-clock';
import { startTestApp, type TestApp } from '../setup/test-app';
import { EventClient } from './notification-stream.kit';

const PASSWORD = 'correct-Horse-7-battery';
const DAY_MS = 86_400_000;

interface Visitor {
  readonly id: number;
  readonly username: string;
  readonly cookie: string;
}

const clock = new MovableClock();
let app: TestApp;
let other: TestApp;
let names = 0;
let facts = 0;

beforeAll(async () => {
  [app, other] = [await startTestApp({}, { clock }), await startTestApp({}, { clock })];
});

async function visitor(): Promise<Visitor> {
  names += 1;
  const username = `streamer${names}`;
  const payload = { username, email: `${username}@example.org`, password: PASSWORD };
  const answer = await app.inject({ method: 'POST', url: '/api/user/signup/', payload });
  return { id: answer.json<{ id: number }>().id, username, cookie: cookieOf(answer.cookies) };
}

const cookieOf = (cookies: readonly { name: string; value: string }[]): string =>
  cookies.map(({ name, value }) => `${name}=${value}`).join('; ');

async function streamOf(
  { cookie }: Visitor,
  { on = app, last }: { on?: TestApp; last?: string } = {},
): Promise<EventClient> {
  const client = await EventClient.connect(await on.url(), {
    cookie,
    ...(last !== undefined && { 'last-event-id': last }),
  });
  expect(client.response.statusCode).toBe(200);
  await client.until('the badge', () => client.badges.length > 0);
  return client;
}

/** Something happens to somebody; which of the app's instances hears of it. */
async function ring({ id }: Visitor, on = app): Promise<string> {
  facts += 1;
  const event = `event-${facts}`;
  await on
    .get(NoticeWriter)
    .tell({ kind: 'enrolment', factKey: `test:${facts}`, actorId: null, data: { event } }, [id]);
  return event;
}

async function rings(person: Visitor, count: number, on = app): Promise<string[]> {
  const events: string[] = [];
  for (let rung = 0; rung < count; rung += 1) events.push(await ring(person, on));
  return events;
}

const heard = (client: EventClient): unknown[] => client.notifications.map(({ data }) => data.event);

async function until(what: string, holds: () => boolean): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (!holds()) {
    if (performance.now() > deadline) throw new Error(`In vain waited for ${what}`);
    await sleep(10);
  }
}

describe('a stream', () => {
  it('is for accounts, by cookie or token, and not kept by proxies', async () => {
    const url = await app.url();
    for (const headers of [{}, { cookie: 'access=x.y.z' }, { authorization: 'Bearer x.y.z' }] as Record<
      string,
      string
    >[]) {
      const refused = await EventClient.connect(url, headers);
      expect(refused.response.statusCode).toBe(401);
      refused.drop();
    }
    const client = await streamOf(await visitor());
    expect(client.response.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      'x-content-type-options': 'nosniff',
    });
    client.drop();
  });

  it('answers HEAD without beginning one', async () => {
    const person = await visitor();
    const answer = await app.inject({
      method: 'HEAD',
      url: '/feed/api/notifications/stream',
      headers: { cookie: person.cookie },
    });
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'text/event-stream; charset=utf-8']);
  });

  it('rings within a second, with the item of the list, and tells the badge', async () => {
    const person = await visitor();
    const client = await streamOf(person);
    const at = performance.now();
    await ring(person);
    await client.until('the bell', () => client.notifications.length === 1);
    expect(performance.now() - at).toBeLessThan(1_000);
    const list = await app.inject({
      method: 'GET',
      url: '/feed/api/notifications/',
      headers: { cookie: person.cookie },
    });
    expect(client.notifications).toEqual(list.json<{ all_list: object[] }>().all_list);
    await client.until('the badge', () => client.badges.at(-1) === 1);
    expect(client.lastEventId).toBe(String(client.notifications[0]?.id));

    const post = (path: string) =>
      app.inject({ method: 'POST', url: `/feed/api/notifications/${path}`, headers: { cookie: person.cookie } });
    await post('read-all/');
    await client.until('the empty badge', () => client.badges.at(-1) === 0);
    await post(`${client.notifications[0]?.slug}/unread/`);
    await client.until('the full badge', () => client.badges.at(-1) === 1);
    expect(client.notifications.length).toBe(1);
    client.drop();
  });

  it("is nobody else's", async () => {
    const [person, stranger] = [await visitor(), await visitor()];
    const [own, foreign] = [await streamOf(person), await streamOf(stranger)];
    await ring(person);
    await own.until('the bell', () => own.notifications.length === 1);
    expect([foreign.notifications, foreign.badges]).toEqual([[], [0]]);
    own.drop();
    foreign.drop();
  });

  it('rings on other instances too, whichever it was that heard', async () => {
    const person = await visitor();
    const [here, there] = [await streamOf(person), await streamOf(person, { on: other })];
    const events = [...(await rings(person, 2, app)), ...(await rings(person, 2, other))];
    for (const client of [here, there]) {
      await client.until('all four', () => client.notifications.length === 4);
      expect(heard(client)).toEqual(events);
      client.drop();
    }
  });
});

describe('after a lost connection', () => {
  it('nothing is missing and nothing twice, also of what came while it was opened', async () => {
    const person = await visitor();
    const first = await streamOf(person);
    const events = await rings(person, 3);
    await first.until('three', () => first.notifications.length === 3);
    first.drop();
    events.push(...(await rings(person, 70)));
    const more = rings(person, 30);
    const second = await streamOf(person, { last: first.lastEventId });
    events.push(...(await more));
    await second.until('the rest', () => second.notifications.length >= 100);
    expect([...heard(first), ...heard(second)]).toEqual(events);
    second.drop();
  });

  it('nothing is missing where nothing had come yet', async () => {
    const person = await visitor();
    const first = await streamOf(person);
    first.drop();
    const events = await rings(person, 2);
    const second = await streamOf(person, { last: first.lastEventId });
    await second.until('both', () => second.notifications.length === 2);
    expect(heard(second)).toEqual(events);
    second.drop();
  });

  it('begins with the present for whoever never had anything, or tells tales', async () => {
    const person = await visitor();
    await rings(person, 2);
    for (const last of [undefined, 'x', '-1', '999999999999999', "1'--"]) {
      const client = await streamOf(person, { last });
      expect([last, heard(client)]).toEqual([last, []]);
      const event = await ring(person);
      await client.until('the bell', () => client.notifications.length === 1);
      expect(heard(client)).toEqual([event]);
      client.drop();
    }
  });

  it('hundreds at once from both instances come in order, each once', async () => {
    const person = await visitor();
    let client = await streamOf(person, { on: other });
    const seen: number[] = [];
    const all = Promise.all(
      Array.from({ length: 10 }, (_, worker) => rings(person, 20, worker % 2 === 0 ? app : other)),
    );
    for (let turn = 0; turn < 4; turn += 1) {
      await client.until('some', () => client.notifications.length > 20);
      client.drop();
      seen.push(...client.notifications.map(({ id }) => id));
      client = await streamOf(person, { last: client.lastEventId, on: turn % 2 === 0 ? app : other });
    }
    await all;
    await client.until('the last', () => seen.length + client.notifications.length >= 200);
    seen.push(...client.notifications.map(({ id }) => id));
    expect(new Set(seen).size).toBe(200);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    client.drop();
  });
});

describe('the end', () => {
  it('comes with the session: logged out here, there, or by the password', async () => {
    for (const [where, on] of [
      ['here', app],
      ['there', other],
    ] as const) {
      const person = await visitor();
      const client = await streamOf(person);
      await on.inject({ method: 'POST', url: '/api/user/logout/', headers: { cookie: person.cookie } });
      await client.until(`the end by a logout ${where}`, () => client.ended);
      const again = await EventClient.connect(await on.url(), { cookie: person.cookie });
      expect(again.response.statusCode).toBe(401);
      again.drop();
    }
    const person = await visitor();
    const client = await streamOf(person);
    await app.get(SessionService).endAll(person.id, 'password-changed');
    await client.until('the end by a new password', () => client.ended);
  });

  it('leaves the streams of other sessions open', async () => {
    const [person, neighbour] = [await visitor(), await visitor()];
    const [ending, staying] = [await streamOf(person), await streamOf(neighbour)];
    await app.get(SessionService).endAll(person.id, 'logout');
    await ending.until('the end', () => ending.ended);
    const event = await ring(neighbour);
    await staying.until('the bell', () => staying.notifications.length === 1);
    expect(heard(staying)).toEqual([event]);
    staying.drop();
  });

  it('comes when the session runs out', async () => {
    const client = await streamOf(await visitor());
    clock.advance(30 * DAY_MS);
    await client.until('the end', () => client.ended);
  });

  it('lets go of readers that are gone', async () => {
    const hub = app.get(StreamHub);
    await until('nobody', () => hub.size === 0);
    const person = await visitor();
    const clients = await Promise.all(Array.from({ length: 5 }, () => streamOf(person)));
    expect(hub.size).toBe(5);
    for (const client of clients) client.drop();
    await until('all of them gone', () => hub.size === 0);
  });
});

it('gives one account so many streams, and no other less', async () => {
  const [person, neighbour] = [await visitor(), await visitor()];
  const clients: EventClient[] = [];
  for (let opened = 0; opened < MOST_OF_ACCOUNT; opened += 1) clients.push(await streamOf(person));
  const refused = await EventClient.connect(await app.url(), { cookie: person.cookie });
  expect(refused.response.statusCode).toBe(429);
  await refused.until('words', () => refused.text !== '');
  expect(JSON.parse(refused.text)).toEqual({ detail: 'Too many streams are open. Close one first.' });
  (await streamOf(neighbour)).drop();
  clients.pop()?.drop();
  await until('room', () => app.get(StreamHub).size <= MOST_OF_ACCOUNT - 1);
  clients.push(await streamOf(person));
  for (const client of clients) client.drop();
});

it('ends with the application, at once', async () => {
  const third = await startTestApp({}, { clock });
  const client = await streamOf(await visitor(), { on: third });
  const at = performance.now();
  await shutDown(third.app);
  expect(performance.now() - at).toBeLessThan(5_000);
  await client.until('the end', () => client.ended);
});
