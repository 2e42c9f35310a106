import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AccountService } from '../../src/auth/account/account.service';
import { Database, statement } from '../../src/infra/database/database';
import { UnitOfWork } from '../../src/infra/database/unit-of-work';
import { OutboxService } from '../../src/infra/outbox/outbox.service';
import { TipReceived } from '../../src/subscription/events/tip-received.event';
import { DeliveryLogJob } from '../../src/webhook-endpoint/deliver/delivery-log.job';
import { DeliveryWorker } from '../../src/webhook-endpoint/deliver/delivery.worker';
import { RETRY_DELAYS_MS } from '../../src/webhook-endpoint/deliver/delivery-schedule.rules';
import type {
  EndpointResponse,
  EndpointTestResponse,
  EndpointWithSecretResponse,
} from '../../src/webhook-endpoint/endpoint/dto/endpoint.response';
import type { EventTypeResponse } from '../../src/webhook-endpoint/event/dto/event-type.response';
import { EVENT_TYPES } from '../../src/webhook-endpoint/event/event-type.rules';
import { ContentEventListener } from '../../src/webhook-endpoint/listen/content-event.listener';
import type { MovableClock } from '../fakes/movable-clock';
import { type LoggedIn, loggedIn } from '../factories/administrator';
import { aPost } from '../factories/post';
import { aCreator, aTier, memberOf } from '../factories/tier';
import type { TestApp } from '../setup/test-app';
import { describeWithPython, python } from '../setup/python';
import { EndpointWorld, PATH } from './webhook-endpoint.kit';
import { type Call, isSignedWith, reset, silence, status, type WebhookReceiver } from './webhook-receiver.kit';

const HOUR_MS = 3_600_000;

const SEALED = statement('test.sealed-secret', 'select sealed from webhook_endpoint where id = $1');
const MOVED = statement('test.move-endpoint', 'update webhook_endpoint set url = $2 where id = $1');
const LEFT = statement(
  'test.endpoints-left',
  `select (select count(*) from webhook_endpoint) as endpoints, (select count(*) from endpoint_delivery) as deliveries,
      (select count(*) from endpoint_attempt) as attempts`,
);

let world: EndpointWorld;
let app: TestApp;
let other: TestApp;
let receiver: WebhookReceiver;
let clock: MovableClock;
let creator: LoggedIn;

beforeAll(async () => {
  world = await EndpointWorld.start();
  ({ app, receiver, clock } = world);
  other = await world.another();
});

beforeEach(async () => {
  creator = await aCreator(app);
});

const endpoint = (owner = creator, body: object = {}) => world.endpoint(owner, body);
const get = (hook: { id: number }) => world.get(creator, hook);
const log = (hook: { id: number }, query = '') => world.log(creator, hook, query);
const happens = (times = 1) => world.happens(creator, times);
const sent = () => world.sent(creator);
const later = (milliseconds: number) => world.later(creator, milliseconds);

describe('what happens', () => {
  it('arrives once, signed, as it is described', async () => {
    const hook = await endpoint();
    const fan = await loggedIn(app);
    const tier = await aTier(app, creator);
    await memberOf(app, fan, tier);
    const tip = { tip_id: 5, creator_id: creator.id, account_id: null, amount: 34_800, currency: 'INR' };
    await app
      .get(UnitOfWork)
      .run(() => app.get(OutboxService).publish(new TipReceived({ ...tip, at: clock.now().toISOString() })));
    const post = await aPost(app, creator);
    await fan.call('POST', '/content/api/comment/', { content: post.id, body: 'Nice' });
    await fan.call('POST', '/content/api/likes/', { content: post.id });
    await fan.call('POST', `/feed/api/follow/${creator.id}`);
    await sent();
    const calls = receiver.of(hook.path);
    const username = (await app.get(AccountService).findById(fan.id))?.username;
    const person = { id: fan.id, username };
    expect(calls.map(({ body }) => [body.type, body.data])).toEqual(
      expect.arrayContaining([
        [
          'membership.started',
          { membership_id: expect.any(Number), tier_id: tier.id, access_until: null, member: person },
        ],
        ['tip.received', { tip_id: 5, amount: 34_800, currency: 'INR', tipper: null }],
        ['post.published', { post_id: post.id }],
        ['comment.created', { comment_id: expect.any(Number), post_id: post.id, parent_id: null, author: person }],
        ['like.created', { like_id: expect.any(Number), post_id: post.id, account: person }],
        ['follower.created', { follower: person }],
      ]),
    );
    expect(calls).toHaveLength(6);
    expect(new Set(calls.map(({ id }) => id)).size).toBe(6);
    for (const call of calls) {
      expect(isSignedWith(hook.secret, call)).toBe(true);
      expect(isSignedWith(hook.secret, { ...call, raw: call.raw.replace('{', '{ ') })).toBe(false);
      expect(call.contentType).toBe('application/json');
      expect(Object.keys(call.body)).toEqual(['type', 'timestamp', 'data']);
      expect(Math.abs(new Date(call.body.timestamp).getTime() - clock.now().getTime())).toBeLessThan(60_000);
    }
    const types = (await app.inject({ method: 'GET', url: '/webhooks/event-types/' })).json<EventTypeResponse[]>();
    expect(types.map(({ type }) => type)).toEqual(EVENT_TYPES);
    for (const { body } of calls) {
      const described = types.find(({ type }) => type === body.type)?.sample.data;
      expect(Object.keys(body.data).sort()).toEqual(Object.keys(described ?? {}).sort());
    }
  });

  it('is heard by its owner alone, and only what was asked for', async () => {
    const [posts, stranger] = [await endpoint(creator, { events: ['post.published'] }), await aCreator(app)];
    const theirs = await endpoint(stranger);
    const off = await endpoint(creator, { enabled: false });
    await stranger.call('POST', `/feed/api/follow/${creator.id}`);
    await aPost(app, creator);
    await sent();
    expect(receiver.of(posts.path).map(({ body }) => body.type)).toEqual(['post.published']);
    expect([...receiver.of(theirs.path), ...receiver.of(off.path)]).toEqual([]);
  });

  it('makes one delivery for a fact, however often and by how many it is told', async () => {
    const hook = await endpoint();
    const tell = (): Promise<void>[] =>
      [app, other, app, other].map((one) =>
        one
          .get(ContentEventListener)
          .published({ post_id: 1, creator_id: creator.id }, { factId: `twice-${hook.id}`, attempt: 1 }),
      );
    await Promise.all(tell());
    await sent();
    await Promise.all(tell());
    await sent();
    expect(receiver.of(hook.path).map(({ id }) => id)).toEqual([`msg_twice-${hook.id}`]);
    expect(await log(hook)).toHaveLength(1);
  });

  it('is sent by one of several instances', async () => {
    const hook = await endpoint();
    await happens(25);
    other.get(DeliveryWorker).wake();
    await sent();
    expect(receiver.of(hook.path)).toHaveLength(25);
    expect(new Set(receiver.of(hook.path).map(({ id }) => id)).size).toBe(25);
  });
});

describe('an endpoint that fails', () => {
  it('is tried again as the specification says, under the same id, and every attempt is kept', async () => {
    const hook = await endpoint();
    receiver.will(hook.path, status(500), reset, status(302), status(204));
    await happens();
    await sent();
    expect(receiver.of(hook.path)).toHaveLength(1);
    await later(4_000);
    expect(receiver.of(hook.path)).toHaveLength(1);
    for (const delay of [5_000, 330_000, 1_980_000]) await later(delay);
    const calls = receiver.of(hook.path);
    expect(calls).toHaveLength(4);
    expect(new Set(calls.map(({ id, raw }) => `${id} ${raw}`)).size).toBe(1);
    expect(new Set(calls.map(({ timestamp }) => timestamp)).size).toBe(4);
    expect(calls.every((call) => isSignedWith(hook.secret, call))).toBe(true);
    const [delivery] = await log(hook, '?status=delivered');
    expect(delivery).toMatchObject({ message_id: calls[0]?.id, status: 'delivered', next_attempt_at: null });
    expect(delivery?.attempts.map(({ status: code, error }) => [code, error])).toEqual([
      [500, null],
      [null, 'No connection (ECONNRESET).'],
      [302, null],
      [204, null],
    ]);
    expect(delivery?.attempts.every(({ ms }) => Number.isInteger(ms))).toBe(true);
    expect(await log(hook, '?status=dead')).toEqual([]);
    expect((await get(hook)).failing_since).toBeNull();
  });

  it('is given up after ten attempts, disabled after five days with one mail, and goes on when it is enabled', async () => {
    const hook = await endpoint(creator, { description: 'My bot' });
    receiver.will(hook.path, status(503));
    await happens();
    await sent();
    for (const delay of RETRY_DELAYS_MS) await later(delay * 1.11);
    expect(await log(hook, '?status=dead')).toMatchObject([{ attempts: { length: 10 } }]);
    await later(25 * HOUR_MS);
    expect(receiver.of(hook.path)).toHaveLength(10);
    expect(await get(hook)).toMatchObject({ enabled: true, failing_since: expect.any(String) });
    await happens(3);
    await sent();
    for (let hour = 0; hour < 48; hour += 6) await later(6 * HOUR_MS);
    const failed = receiver.of(hook.path).length;
    expect(await get(hook)).toMatchObject({ enabled: false, disabled_reason: 'failing' });
    const mails = (await app.mails(creator.email)).filter(({ subject }) => subject.includes('webhook'));
    expect(mails).toHaveLength(1);
    expect(mails[0]?.text).toContain(`${new URL(hook.url).host} (My bot)`);
    expect(mails[0]?.text).not.toContain(hook.path);
    await happens();
    await later(48 * HOUR_MS);
    expect(receiver.of(hook.path)).toHaveLength(failed);
    receiver.will(hook.path, status(200));
    const answer = await creator.call('PATCH', `${PATH}${hook.id}/`, { enabled: true });
    expect(answer.json()).toMatchObject({ enabled: true, disabled_reason: null, failing_since: null });
    await sent();
    expect((await log(hook)).map((delivery) => delivery.status)).toEqual([
      'delivered',
      'delivered',
      'delivered',
      'dead',
    ]);
  });

  it('is disabled at once where it answers 410', async () => {
    const hook = await endpoint();
    receiver.will(hook.path, status(410));
    await happens(4);
    await sent();
    expect(await get(hook)).toMatchObject({ enabled: false, disabled_reason: 'gone' });
    const mails = (await app.mails(creator.email)).filter(({ subject }) => subject.includes('webhook'));
    expect(mails).toHaveLength(1);
    const dead = await log(hook, '?status=dead');
    expect(dead.length).toBeGreaterThan(0);
    const [first] = dead;
    const refused = await creator.call('POST', `${PATH}${hook.id}/deliveries/${first?.id}/redeliver/`);
    expect([refused.statusCode, refused.json()]).toMatchObject([409, { code: 'webhook-endpoint-disabled' }]);
  });

  it('does not hold up others, and has five calls at once at most', async () => {
    const slow = await endpoint();
    receiver.will(slow.path, status(500));
    await happens(20);
    await sent();
    receiver.will(slow.path, silence);
    // All of them are due again at once.
    clock.advance(6_000);
    const quick = await endpoint();
    await happens(20);
    const deadline = performance.now() + 8_000;
    while (receiver.of(quick.path).length < 20 && performance.now() < deadline) await sleep(20);
    expect(receiver.of(quick.path)).toHaveLength(20);
    expect(receiver.of(slow.path)).toHaveLength(25);
    expect((await creator.call('DELETE', `${PATH}${slow.id}/`)).statusCode).toBe(204);
    expect(receiver.mostOpen.get(slow.path)).toBe(5);
  });

  it('is called again when its owner says so, under the same id', async () => {
    const hook = await endpoint();
    await happens();
    await sent();
    const [delivery] = await log(hook);
    const path = `${PATH}${hook.id}/deliveries/${delivery?.id}/redeliver/`;
    const answer = await creator.call('POST', path);
    expect([answer.statusCode, answer.json()]).toMatchObject([200, { status: 'pending', id: delivery?.id }]);
    await sent();
    expect(new Set(receiver.of(hook.path).map(({ id }) => id)).size).toBe(1);
    expect(receiver.of(hook.path)).toHaveLength(2);
    expect(await log(hook)).toMatchObject([{ status: 'delivered', attempts: { length: 2 } }]);
  });
});

describe('secrets', () => {
  it('are shown once, encrypted at rest, and overlap for 24 hours when they are changed', async () => {
    const hook = await endpoint();
    expect(JSON.stringify(await get(hook))).not.toContain('whsec_');
    const row = await app.get(Database).first<{ sealed: string }>(SEALED, [hook.id]);
    expect(row?.sealed).not.toContain(hook.secret.slice(6));
    const answers = await Promise.all([1, 2].map(() => creator.call('POST', `${PATH}${hook.id}/rotate/`)));
    const [one, two] = answers.map((answer) => answer.json<EndpointWithSecretResponse>().secret);
    if (one === undefined || two === undefined) throw new Error('no secrets');
    expect(new Set([hook.secret, one, two]).size).toBe(3);
    await happens();
    await sent();
    const [call] = receiver.of(hook.path);
    if (call === undefined) throw new Error('no call');
    expect(call.signature.split(' ')).toHaveLength(3);
    expect([hook.secret, one, two].map((secret) => isSignedWith(secret, call))).toEqual([true, true, true]);
    clock.advance(24 * HOUR_MS);
    await happens();
    await sent();
    const last = receiver.of(hook.path)[1];
    if (last === undefined) throw new Error('no call');
    expect(last.signature.split(' ')).toHaveLength(1);
    expect([hook.secret, one, two].filter((secret) => isSignedWith(secret, last))).toHaveLength(1);
  });
});

describe('a test', () => {
  it('says what came back, and stands in no log', async () => {
    const hook = await endpoint(creator, { enabled: false });
    receiver.will(hook.path, status(418, 'I am a teapot'), status(200, 'x'.repeat(5_000)), reset);
    const test = async (): Promise<EndpointTestResponse> =>
      (await creator.call('POST', `${PATH}${hook.id}/test/`)).json<EndpointTestResponse>();
    expect(await test()).toMatchObject({ delivered: false, status: 418, error: null, body: 'I am a teapot' });
    expect(await test()).toMatchObject({ delivered: true, status: 200, body: 'x'.repeat(1_000) });
    expect(await test()).toMatchObject({ delivered: false, status: null, error: 'No connection (ECONNRESET).' });
    const [call] = receiver.of(hook.path);
    if (call === undefined) throw new Error('no call');
    expect(call.body).toMatchObject({ type: 'test', data: { endpoint_id: hook.id } });
    expect(isSignedWith(hook.secret, call)).toBe(true);
    expect(await log(hook)).toEqual([]);
  });
});

describe('URLs', () => {
  it.each([
    ['https://169.254.169.254/latest/meta-data', 'The URL leads to a private network, which is not called.'],
    ['http://10.0.0.1/', 'The URL leads to a private network, which is not called.'],
    ['https://[::ffff:192.168.0.1]/', 'The URL leads to a private network, which is not called.'],
    ['http://93.184.216.34/', 'The URL must begin with https://.'],
    ['ftp://example.org/', 'Enter a valid URL.'],
    ['https://user:secret@example.org/', 'The URL must not hold a username or a password.'],
    ['https://example.org/#a', 'The URL must not hold a fragment.'],
    ['https://exam\nple.org/', 'Enter a valid URL.'],
    [`https://example.org/${'a'.repeat(2_000)}`, 'Ensure this field has no more than 2000 characters.'],
  ])('%j is refused when it is registered, and when it is changed', async (url, detail) => {
    const errors = [{ pointer: '#/url', detail }];
    const created = await creator.call('POST', PATH, { url, events: ['post.published'] });
    expect([created.statusCode, created.json()]).toMatchObject([400, { errors }]);
    const hook = await endpoint();
    const changed = await creator.call('PATCH', `${PATH}${hook.id}/`, { url });
    expect([changed.statusCode, changed.json()]).toMatchObject([400, { errors }]);
  });

  it('that lead to private networks by now are not called, and not tried again', async () => {
    const hook = await endpoint();
    await app.get(Database).execute(MOVED, [hook.id, 'https://192.168.0.1/']);
    await happens();
    await sent();
    expect(await log(hook)).toMatchObject([
      {
        status: 'dead',
        attempts: [{ status: null, error: 'The URL leads to a private network, which is not called.' }],
      },
    ]);
  });
});

describe('what is sent to us', () => {
  it.each([
    [{}, '#/url'],
    [{ events: [] }, '#/events'],
    [{ events: ['nothing.such'] }, '#/events/0'],
    [{ events: 'post.published' }, '#/events'],
    [{ events: Array.from({ length: 1_000 }, () => 'post.published') }, '#/events'],
    [{ events: [null] }, '#/events/0'],
    [{ description: 'x'.repeat(256) }, '#/description'],
    [{ description: 'a\0b' }, '#/description'],
    [{ enabled: 'perhaps' }, '#/enabled'],
    [{ secret: 'whsec_mine' }, '#/secret'],
    [{ account_id: 1 }, '#/account_id'],
  ])('%j: 400', async (part, pointer) => {
    const whole = { url: pointer === '#/url' ? 7 : receiver.url('/x'), events: ['post.published'], ...part };
    const answer = await creator.call('POST', PATH, whole);
    expect([answer.statusCode, answer.json()]).toMatchObject([400, { errors: [{ pointer }] }]);
  });

  it('an event is named once, however often it is asked for', async () => {
    const { events } = await endpoint(creator, { events: ['post.published', 'post.published', 'tip.received'] });
    expect(events).toEqual(['post.published', 'tip.received']);
  });

  it('queries that are none are refused', async () => {
    const { id } = await endpoint();
    const asked = ['?status=nothing', '?page=0', '?page=2', '?page=99999999', '?unknown=1'];
    const codes = await Promise.all(
      asked.map(async (query) => (await creator.call('GET', `${PATH}${id}/deliveries/${query}`)).statusCode),
    );
    expect(codes).toEqual([400, 404, 404, 404, 400]);
  });
});

it('an account has ten endpoints at most, also where it makes them at once', async () => {
  const body = { url: receiver.url('/many'), events: ['post.published'] };
  const answers = await Promise.all(Array.from({ length: 13 }, () => creator.call('POST', PATH, body)));
  expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([...Array(10).fill(201), ...Array(3).fill(409)]);
  const list = (await creator.call('GET', PATH)).json<{ count: number; results: EndpointResponse[] }>();
  expect([list.count, list.results.length]).toEqual([10, 10]);
  await creator.call('DELETE', `${PATH}${list.results[4]?.id}/`);
  expect((await creator.call('POST', PATH, body)).statusCode).toBe(201);
});

it('an endpoint is there for its owner alone', async () => {
  const hook = await endpoint();
  await happens();
  await sent();
  const [delivery] = await log(hook);
  const thief = await aCreator(app);
  const mine = await endpoint(thief);
  const routes = [
    ['GET', `${hook.id}/`],
    ['PATCH', `${hook.id}/`],
    ['DELETE', `${hook.id}/`],
    ['POST', `${hook.id}/rotate/`],
    ['POST', `${hook.id}/test/`],
    ['GET', `${hook.id}/deliveries/`],
    ['POST', `${hook.id}/deliveries/${delivery?.id}/redeliver/`],
    ['POST', `${mine.id}/deliveries/${delivery?.id}/redeliver/`],
  ] as const;
  for (const [method, path] of routes) {
    const answer = await thief.call(method, `${PATH}${path}`, method === 'PATCH' ? { enabled: false } : undefined);
    expect([path, answer.statusCode]).toEqual([path, 404]);
    expect((await app.inject({ method, url: `${PATH}${path}` })).statusCode).toBe(401);
  }
  expect((await thief.call('GET', PATH)).json<{ count: number }>().count).toBe(1);
  expect(await get(hook)).toMatchObject({ enabled: true });
  expect(receiver.of(hook.path)).toHaveLength(1);
});

it('the log is kept for thirty days, and nothing at all of a closed account', async () => {
  const hook = await endpoint();
  await happens(2);
  await sent();
  clock.advance(29 * 24 * HOUR_MS);
  await app.get(DeliveryLogJob).run();
  expect(await log(hook)).toHaveLength(2);
  clock.advance(25 * HOUR_MS);
  await happens();
  await sent();
  await app.get(DeliveryLogJob).run();
  expect(await log(hook)).toHaveLength(1);
  const before = await app.get(Database).first<Record<string, number>>(LEFT);
  await app.get(AccountService).close(creator.id);
  await sent();
  const after = await app.get(Database).first<Record<string, number>>(LEFT);
  expect(after).toEqual({
    endpoints: (before?.endpoints ?? 0) - 1,
    deliveries: (before?.deliveries ?? 0) - 1,
    attempts: (before?.attempts ?? 0) - 1,
  });
});

describe('the call that integrators are shown', () => {
  const text = readFileSync(join(__dirname, '../../docs/integrators.md'), 'utf8');
  const header = (name: string): string => new RegExp(`^${name}: (.+)$`, 'm').exec(text)?.[1] ?? '';
  const secret = /`(whsec_[^`]+)`/.exec(text)?.[1] ?? '';
  const raw = /^\{"type":"follower\.created".+$/m.exec(text)?.[0] ?? '';

  it('is signed as it says', () => {
    const [id, timestamp, signature] = ['id', 'timestamp', 'signature'].map((name) => header(`webhook-${name}`));
    const call = { path: '', contentType: '', id: id ?? '', timestamp: Number(timestamp), signature: signature ?? '' };
    const body = JSON.parse(raw) as Call['body'];
    expect(isSignedWith(secret, { ...call, raw, body })).toBe(true);
  });

  describeWithPython()('verified in Python', () => {
    it('is genuine by the example, and a forgery is not', () => {
      const example = /```python\n(import base64[^]+?)```/.exec(text)?.[1] ?? '';
      const names = ['webhook-id', 'webhook-timestamp', 'webhook-signature'];
      const headers = Object.fromEntries(names.map((name) => [name, header(name)]));
      const script = `${example}
import json, sys
secret, headers, raw = json.load(sys.stdin)
time.time = lambda: int(headers["webhook-timestamp"]) + 299
print(is_genuine(secret, headers, raw.encode()), is_genuine(secret, headers, raw.encode() + b" "))
time.time = lambda: int(headers["webhook-timestamp"]) + 301
print(is_genuine(secret, headers, raw.encode()))`;
      expect(python(script, [secret, headers, raw]).trim().split(/\s+/)).toEqual(['True', 'False', 'False']);
    });
  });
});
