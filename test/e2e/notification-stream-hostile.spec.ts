import { AccountService } from '../../src/auth/account/account.service';
import { NoticeWriter } from '../../src/notification/deliver/notice-writer';
import { StreamHub } from '../../src/notification/live/stream-hub';
import { PASSWORD, registered } from '../factories/person';
import { startTestApp, type TestApp } from '../setup/test-app';
import { EventClient } from './notification-stream.kit';

const BELL = '/feed/api/notifications/';

interface Visitor {
  readonly id: number;
  readonly username: string;
  /** One session each. */
  readonly sessions: readonly Record<string, string>[];
}

let app: TestApp;
let facts = 0;

beforeAll(async () => {
  app = await startTestApp();
});

async function visitor(sessions = 1): Promise<Visitor> {
  const { id, username } = await registered(app, { emailVerified: true, password: PASSWORD });
  const signIn = async (): Promise<Record<string, string>> => {
    const payload = { username, password: PASSWORD };
    const answer = await app.inject({ method: 'POST', url: '/authenticate/api/token/', payload });
    return { authorization: `Bearer ${answer.json<{ access: string }>().access}` };
  };
  const headers: Record<string, string>[] = [];
  for (let made = 0; made < sessions; made += 1) headers.push(await signIn());
  await app.drained();
  return { id, username, sessions: headers };
}

async function streamOf({ sessions }: Visitor, { last = '', session = 0 } = {}): Promise<EventClient> {
  const headers = { ...sessions[session], ...(last !== '' && { 'last-event-id': last }) };
  const client = await EventClient.connect(await app.url(), headers);
  expect(client.response.statusCode).toBe(200);
  await client.until('the badge', () => client.badges.length > 0);
  return client;
}

async function ring({ id }: Visitor): Promise<string> {
  facts += 1;
  const event = `event-${facts}`;
  const notice = { kind: 'enrolment', factKey: `test:${facts}`, actorId: null, data: { event } } as const;
  await app.get(NoticeWriter).tell(notice, [id]);
  return event;
}

const heard = (client: EventClient): unknown[] => client.notifications.map(({ data }) => data.event);

describe('the end of a stream', () => {
  it.each<[string, (person: Visitor) => Promise<unknown>]>([
    ['a closed account', ({ id }) => app.get(AccountService).close(id)],
    ['a disabled account', ({ id }) => app.get(AccountService).disable(id)],
    ['other roles', ({ id }) => app.get(AccountService).setRoles(id, ['support'])],
  ])('comes with %s, and nothing is told after it', async (_, happens) => {
    const person = await visitor();
    const client = await streamOf(person);
    await happens(person);
    await client.until('the end', () => client.ended);
    await ring(person);
    expect(heard(client)).toEqual([]);
    const again = await EventClient.connect(await app.url(), person.sessions[0] ?? {});
    expect(again.response.statusCode).toBe(401);
    again.drop();
  });

  it('comes with a new password to all but the one who chose it', async () => {
    const person = await visitor(2);
    const [own, thief] = [await streamOf(person), await streamOf(person, { session: 1 })];
    const payload = { old_password: PASSWORD, new_password1: 'another-Horse-8', new_password2: 'another-Horse-8' };
    const url = '/authenticate/rest-auth/password/change/';
    const answer = await app.inject({ method: 'POST', url, payload, headers: person.sessions[0] });
    expect(answer.statusCode).toBe(200);
    await thief.until('the end', () => thief.ended);
    await app.drained();
    const event = await ring(person);
    await own.until('the bell', () => heard(own).includes(event));
    expect(own.ended).toBe(false);
    own.drop();
  });
});

describe('an id of', () => {
  it('somebody else tells what is one’s own, and of nobody else', async () => {
    const [person, stranger] = [await visitor(), await visitor()];
    const events = [await ring(person)];
    const foreign = await streamOf(stranger);
    await ring(stranger);
    await foreign.until('the bell', () => foreign.notifications.length > 0);
    events.push(await ring(person));
    const client = await streamOf(person, { last: foreign.lastEventId });
    await client.until('the bell', () => client.notifications.length > 0);
    expect(heard(client)).toEqual(events.slice(1));
    expect(client.notifications.every(({ recipient }) => recipient === person.id)).toBe(true);
    for (const one of [client, foreign]) one.drop();
  });

  it('what was removed meanwhile goes on after it', async () => {
    const person = await visitor();
    const first = await streamOf(person);
    await ring(person);
    await first.until('the bell', () => first.notifications.length === 1);
    first.drop();
    const url = `${BELL}${first.notifications[0]?.slug}/`;
    expect((await app.inject({ method: 'DELETE', url, headers: person.sessions[0] })).statusCode).toBe(204);
    const second = await streamOf(person, { last: first.lastEventId });
    const event = await ring(person);
    await second.until('the bell', () => second.notifications.length === 1);
    expect(heard(second)).toEqual([event]);
    second.drop();
  });

  it.each(['0x1', '1.5', '1,2', '9'.repeat(5_000), '\u00ff'])('no kind begins with the present (%#)', async (last) => {
    const person = await visitor();
    await ring(person);
    const client = await streamOf(person, { last });
    expect(heard(client)).toEqual([]);
    const event = await ring(person);
    await client.until('the bell', () => client.notifications.length === 1);
    expect(heard(client)).toEqual([event]);
    client.drop();
  });
});

it('readers that come and go at once leave nothing behind', async () => {
  const people = await Promise.all(Array.from({ length: 8 }, () => visitor()));
  await Promise.all(
    people.flatMap((person) =>
      Array.from({ length: 6 }, async (_, at) => {
        const client = await EventClient.connect(await app.url(), person.sessions[0] ?? {});
        if (at % 2 === 0) await ring(person);
        client.drop();
      }),
    ),
  );
  const hub = app.get(StreamHub);
  const client = await streamOf(await visitor());
  await client.until('all others gone', () => hub.size === 1);
  client.drop();
});
