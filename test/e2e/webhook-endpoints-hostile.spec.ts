import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { AccountService } from '../../src/auth/account/account.service';
import { Database, statement } from '../../src/infra/database/database';
import { UnitOfWork } from '../../src/infra/database/unit-of-work';
import type { EndpointTestResponse } from '../../src/webhook-endpoint/endpoint/dto/endpoint.response';
import { EndpointService } from '../../src/webhook-endpoint/endpoint/endpoint.service';
import { EventWriter } from '../../src/webhook-endpoint/listen/event.writer';
import type { LoggedIn } from '../factories/administrator';
import { aCreator } from '../factories/tier';
import type { TestApp } from '../setup/test-app';
import { EndpointWorld, type Made, PATH } from './webhook-endpoint.kit';
import { isSignedWith, reset, status, type WebhookReceiver } from './webhook-receiver.kit';

const HOUR_MS = 3_600_000;

const OF_ACCOUNT = statement('test.endpoints-of', 'select id from webhook_endpoint where account_id = $1');
const OF_ENDPOINT = statement(
  'test.deliveries-of',
  'select id from endpoint_delivery where endpoint_id = $1 order by id',
);
const SEALED = statement('test.read-sealed', 'select sealed, turns from webhook_endpoint where id = $1');
const SEAL = statement('test.write-sealed', 'update webhook_endpoint set sealed = $2 where id = $1');
const ATTEMPT = statement(
  'test.add-endpoint-attempt',
  'insert into endpoint_attempt (delivery_id, status, error, ms, at) values ($1, $2, null, 1, $3)',
);
const KEPT = statement('test.kept-answers', 'select answer from idempotency_key where answer is not null');
const HOLD = statement('test.hold-delivery', 'select id from endpoint_delivery where id = $1 for update');
const DROP = statement('test.drop-delivery', 'delete from endpoint_delivery where id = $1');

let world: EndpointWorld;
let app: TestApp;
let receiver: WebhookReceiver;
let owner: LoggedIn;

beforeAll(async () => {
  world = await EndpointWorld.start();
  ({ app, receiver } = world);
});

beforeEach(async () => {
  owner = await aCreator(app);
});

const rows = <T>(...ask: Parameters<Database['rows']>): Promise<T[]> => app.get(Database).rows<T>(...ask);

/** The next call of this path waits until it is answered. */
function heldCall(path: string): Promise<ServerResponse> {
  return new Promise((resolve) => receiver.will(path, resolve, status(204)));
}

async function test({ id }: Made): Promise<EndpointTestResponse> {
  const answer = await owner.call('POST', `${PATH}${id}/test/`);
  expect(answer.statusCode).toBe(200);
  return answer.json<EndpointTestResponse>();
}

describe('an account that is closed', () => {
  const request = { url: 'https://example.org/', events: ['post.published' as const], description: '', enabled: true };

  it('registers nothing more', async () => {
    await app.get(AccountService).close(owner.id);
    await app.drained();
    await expect(app.get(EndpointService).create(owner.id, request)).rejects.toMatchObject({
      kind: 'unauthenticated',
    });
    expect(await rows(OF_ACCOUNT, [owner.id])).toEqual([]);
  });

  it('leaves nothing behind, whatever it registers at that moment', async () => {
    const url = receiver.url('/closing');
    await Promise.all([
      ...Array.from({ length: 5 }, () => owner.call('POST', PATH, { url, events: ['post.published'] })),
      app.get(AccountService).close(owner.id),
    ]);
    await app.drained();
    expect(await rows(OF_ACCOUNT, [owner.id])).toEqual([]);
  });

  it('is called no more, also where a call is under way and others wait', async () => {
    const hook = await world.endpoint(owner);
    receiver.will(hook.path, status(500));
    await world.happens(owner, 3);
    await world.sent(owner);
    const call = heldCall(hook.path);
    await world.happens(owner);
    const response = await call;
    await app.get(AccountService).close(owner.id);
    await app.drained();
    response.writeHead(500).end();
    const before = receiver.of(hook.path).length;
    await world.later(owner, 48 * HOUR_MS);
    expect(receiver.of(hook.path)).toHaveLength(before);
    expect(await rows(OF_ENDPOINT, [hook.id])).toEqual([]);
  });
});

describe('somebody who leaves', () => {
  const follow = (fan: LoggedIn) => fan.call('POST', `/feed/api/follow/${owner.id}`);

  it('is named no more, neither in what is shown nor in what is sent again', async () => {
    const hook = await world.endpoint(owner);
    const [fan, other] = [await aCreator(app), await aCreator(app)];
    for (const one of [fan, other]) {
      await follow(one);
      await world.sent(owner);
    }
    const [call, theirs] = receiver.of(hook.path);
    expect(call?.body.data).toMatchObject({ follower: { id: fan.id } });
    await app.get(AccountService).close(fan.id);
    await app.drained();
    const deliveries = await world.log(owner, hook);
    expect(deliveries.map(({ payload }) => payload)).toEqual([
      theirs?.body,
      { ...call?.body, data: { follower: null } },
    ]);
    await owner.call('POST', `${PATH}${hook.id}/deliveries/${deliveries[1]?.id}/redeliver/`);
    await world.sent(owner);
    const again = receiver.of(hook.path)[2];
    expect([again?.id, again?.body.data]).toEqual([call?.id, { follower: null }]);
    expect(again !== undefined && isSignedWith(hook.secret, again)).toBe(true);
  });

  it('is named nowhere, also where something of theirs is told at that moment', async () => {
    const hook = await world.endpoint(owner);
    const fans = await Promise.all([1, 2, 3, 4].map(() => aCreator(app)));
    await Promise.all(
      fans.flatMap((fan) => [
        app
          .get(EventWriter)
          .write(
            { type: 'follower.created', ownerId: owner.id, data: {}, person: { as: 'follower', id: fan.id } },
            `leaving-${fan.id}`,
          ),
        app.get(AccountService).close(fan.id),
      ]),
    );
    await world.sent(owner);
    const deliveries = await world.log(owner, hook);
    expect(deliveries.map(({ payload }) => payload.data)).toEqual(Array(4).fill({ follower: null }));
  });
});

it('an account that is disabled hears of nothing until it is enabled, and then of what waited', async () => {
  const hook = await world.endpoint(owner);
  receiver.will(hook.path, reset, status(204));
  await world.happens(owner);
  await world.sent(owner);
  const turns = (await rows<{ turns: number }>(SEALED, [hook.id]))[0]?.turns;
  const other = await aCreator(app);
  const theirs = await world.endpoint(other);
  await app.get(AccountService).disable(owner.id);
  await world.happens(owner, 2);
  world.clock.advance(HOUR_MS);
  await world.happens(other);
  await world.sent(other);
  expect(receiver.of(theirs.path)).toHaveLength(1);
  expect(await rows(SEALED, [hook.id])).toMatchObject([{ turns }]);
  expect(receiver.of(hook.path)).toHaveLength(1);
  await app.get(AccountService).enable(owner.id);
  await world.sent(owner);
  expect(receiver.of(hook.path)).toHaveLength(2);
  expect(new Set(receiver.of(hook.path).map(({ id }) => id)).size).toBe(1);
});

describe('a URL that is changed while the old one is called', () => {
  it.each([
    ['410', (response: ServerResponse) => void response.writeHead(410).end()],
    ['500', (response: ServerResponse) => void response.writeHead(500).end()],
    ['no answer', (response: ServerResponse) => void response.socket?.resetAndDestroy()],
  ])('is not judged by what the old one did: %s', async (_, answer) => {
    const hook = await world.endpoint(owner);
    const call = heldCall(hook.path);
    await world.happens(owner);
    const response = await call;
    const moved = `${hook.path}-moved`;
    await owner.call('PATCH', `${PATH}${hook.id}/`, { url: receiver.url(moved) });
    answer(response);
    await world.sent(owner);
    expect(await world.get(owner, hook)).toMatchObject({ enabled: true, failing_since: null });
    await world.later(owner, 6_000);
    expect(receiver.of(moved)).toHaveLength(1);
    expect(await world.log(owner, hook)).toMatchObject([{ status: 'delivered', attempts: { length: 2 } }]);
    expect((await app.mails(owner.email)).filter(({ subject }) => subject.includes('webhook'))).toEqual([]);
  });
});

it('a secret that can be read no more costs a try from time to time, and what waits is sent once it can', async () => {
  const [hook, other] = [await world.endpoint(owner), await world.endpoint(owner)];
  const [sealed] = await rows<{ sealed: string }>(SEALED, [hook.id]);
  await rows(SEAL, [hook.id, 'v1.nothing']);
  await world.happens(owner);
  await world.sent(owner);
  const [broken] = await rows<{ turns: number }>(SEALED, [hook.id]);
  expect(broken?.turns).toBe(1);
  expect(receiver.of(other.path)).toHaveLength(1);
  expect(await world.get(owner, hook)).toMatchObject({ enabled: true, failing_since: null });
  await rows(SEAL, [hook.id, sealed?.sealed]);
  await world.later(owner, HOUR_MS);
  expect(receiver.of(hook.path)).toHaveLength(1);
  expect(await world.log(owner, hook)).toMatchObject([{ status: 'delivered', attempts: { length: 1 } }]);
});

it('words of every script are signed as they are sent, and no two endpoints alike', async () => {
  const [hook, other] = [await world.endpoint(owner), await world.endpoint(owner)];
  const title = 'पोर्ट्रेट 😀 "\\\u2028\u0000\u007f </script>';
  const event = { type: 'commission.ordered', ownerId: owner.id, data: { title } } as const;
  await app.get(EventWriter).write(event, `words-${hook.id}`);
  await world.sent(owner);
  const [call, same] = [receiver.of(hook.path)[0], receiver.of(other.path)[0]];
  if (call === undefined || same === undefined) throw new Error('no call');
  expect(call.body.data).toEqual({ title });
  expect([call.id, call.raw]).toEqual([same.id, same.raw]);
  expect([isSignedWith(hook.secret, call), isSignedWith(other.secret, same)]).toEqual([true, true]);
  expect([isSignedWith(other.secret, call), isSignedWith(hook.secret, same)]).toEqual([false, false]);
  expect(isSignedWith(hook.secret, { ...call, id: 'msg_other' })).toBe(false);
  expect(isSignedWith(hook.secret, { ...call, timestamp: call.timestamp + 1 })).toBe(false);
});

it('an endpoint is removed at once while it is called, and its answer changes nothing', async () => {
  const hook = await world.endpoint(owner);
  const call = heldCall(hook.path);
  await world.happens(owner, 8);
  const response = await call;
  expect((await owner.call('DELETE', `${PATH}${hook.id}/`)).statusCode).toBe(204);
  response.writeHead(410).end();
  const next = await world.endpoint(owner);
  await world.happens(owner);
  await world.sent(owner);
  expect(receiver.of(next.path)).toHaveLength(1);
  expect(receiver.of(hook.path).length).toBeLessThanOrEqual(5);
  expect(await rows(OF_ENDPOINT, [hook.id])).toEqual([]);
  expect((await app.mails(owner.email)).filter(({ subject }) => subject.includes('webhook'))).toEqual([]);
});

it('ten endpoints are the most, also of two instances at once', async () => {
  const other = await world.another();
  const request = { url: receiver.url('/two'), events: ['post.published' as const], description: '', enabled: true };
  const calls = [app, other].flatMap((one) =>
    Array.from({ length: 8 }, () => one.get(EndpointService).create(owner.id, request)),
  );
  const made = await Promise.allSettled(calls);
  expect(made.filter(({ status: outcome }) => outcome === 'fulfilled')).toHaveLength(10);
  expect(made.filter((one) => one.status === 'rejected').map((one) => (one.reason as { code: string }).code)).toEqual(
    Array(6).fill('webhook-endpoints-too-many'),
  );
});

it('a server at which nothing arrives is called once a second, however much waits, until something arrives', async () => {
  const hook = await world.endpoint(owner);
  receiver.will(hook.path, status(404));
  await world.happens(owner, 120);
  await world.sent(owner);
  for (let second = 0; second < 9; second += 1) await world.later(owner, 1_000);
  // What happens now does not hurry it.
  await world.happens(owner, 20);
  await world.later(owner, 1_000);
  // Five at once may have been under way when the fiftieth failed.
  const seconds = receiver.of(hook.path).flatMap(({ timestamp }, index) => (index < 54 ? [] : [timestamp]));
  expect(seconds.length).toBeGreaterThan(4);
  expect(new Set(seconds).size).toBe(seconds.length);
  receiver.will(hook.path, status(204));
  await world.later(owner, 1_000);
  await world.later(owner, HOUR_MS);
  expect(await world.log(owner, hook, '?status=delivered&page_size=100&page=2')).toHaveLength(40);
  expect(await world.get(owner, hook)).toMatchObject({ enabled: true, failing_since: null });
});

it('of a delivery that was called again and again the last fifty calls are shown', async () => {
  const hook = await world.endpoint(owner);
  await world.happens(owner, 2);
  await world.sent(owner);
  const [first] = await rows<{ id: number }>(OF_ENDPOINT, [hook.id]);
  for (let code = 300; code < 360; code += 1) await rows(ATTEMPT, [first?.id, code, world.clock.now()]);
  const deliveries = await world.log(owner, hook);
  const codes = Array.from({ length: 50 }, (_, index) => 310 + index);
  expect(deliveries.map(({ attempts }) => attempts.map((attempt) => attempt.status))).toEqual([[204], codes]);
});

it('an endpoint is removed though its log is emptied at this moment', async () => {
  const hook = await world.endpoint(owner);
  await world.happens(owner, 2);
  await world.sent(owner);
  const [first, second] = await rows<{ id: number }>(OF_ENDPOINT, [hook.id]);
  let held = (): void => undefined;
  const isHeld = new Promise<void>((resolve) => (held = resolve));
  const emptied = app.get(UnitOfWork).run(async () => {
    await rows(HOLD, [second?.id]);
    held();
    // Long enough for the removal to take what is left, and to wait for the second.
    await sleep(300);
    await rows(DROP, [first?.id]);
  });
  await isHeld;
  const answer = await owner.call('DELETE', `${PATH}${hook.id}/`);
  await emptied;
  expect([answer.statusCode, answer.body]).toEqual([204, '']);
  expect(await rows(OF_ENDPOINT, [hook.id])).toEqual([]);
});

describe('what comes back', () => {
  it('is cut where a character ends', async () => {
    const hook = await world.endpoint(owner);
    receiver.will(hook.path, status(200, `${'x'.repeat(999)}😀`), status(200, '\0\x1b[31m'));
    const { body } = await test(hook);
    expect([body.length, body.isWellFormed()]).toEqual([1_000, true]);
    expect(await test(hook)).toMatchObject({ delivered: true, body: '\0\x1b[31m' });
  });

  it('may have no end, and is read no further than it is needed', async () => {
    const hook = await world.endpoint(owner);
    receiver.will(hook.path, (response) => {
      const more = (): void => {
        while (!response.destroyed && response.write('x'.repeat(10_000)));
      };
      response.on('drain', more);
      more();
    });
    expect(await test(hook)).toMatchObject({ delivered: true, body: 'x'.repeat(1_000) });
    await world.happens(owner);
    await world.sent(owner);
    expect(await world.log(owner, hook)).toMatchObject([{ status: 'delivered' }]);
  });

  it('is no event of ours: 101 ends the call', async () => {
    const hook = await world.endpoint(owner);
    const upgrade = (response: ServerResponse): void =>
      void response.socket?.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n');
    receiver.will(hook.path, upgrade, upgrade, status(204));
    expect(await test(hook)).toMatchObject({ delivered: false, status: null, error: expect.stringContaining('101') });
    await world.happens(owner);
    await world.sent(owner);
    await world.later(owner, 6_000);
    expect(await world.log(owner, hook)).toMatchObject([{ status: 'delivered', attempts: { length: 2 } }]);
  });
});

describe('what is sent to us', () => {
  it.each([
    [[], 400],
    [{ url: null }, 400],
    [{ events: null }, 400],
    [{ events: { length: 1 } }, 400],
    [{ description: '\ud800' }, 400],
    [{ description: ['a'] }, 400],
    [{ enabled: null }, 400],
    [{ url: ['https://example.org/'] }, 400],
    [{ url: 'https://example.org/\0' }, 400],
    [{ url: 'https://exa\u202emple.org/' }, 400],
    [{ url: 'https://10.1/' }, 400],
    [{ url: 'https://0x0a.0.0.1:0/' }, 400],
    [{ url: 'https://①⓪.⓪.⓪.①/' }, 400],
    [{ url: 'https://[::]/' }, 400],
    [{ url: 'https://[fe80::1%25eth0]/' }, 400],
    [{ id: 1 }, 400],
    [{ slot: 11 }, 400],
    [{ disabled_reason: 'gone' }, 400],
    [{}, 200],
  ])('PATCH %j: %d', async (body, code) => {
    const hook = await world.endpoint(owner);
    const before = await world.get(owner, hook);
    const answer = await owner.call('PATCH', `${PATH}${hook.id}/`, body);
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([
      code,
      code === 200 ? expect.stringContaining('application/json') : 'application/problem+json',
    ]);
    const { updated_at: _before, ...same } = before;
    expect(await world.get(owner, hook)).toMatchObject(same);
  });

  it.each(['0', '-1', '1e3', '9007199254740993', '99999999999999999999', 'abc', '%00', '1%20'])(
    'the id %s is nobody',
    async (id) => {
      const hook = await world.endpoint(owner);
      for (const path of [`${PATH}${id}/`, `${PATH}${id}/deliveries/`]) {
        expect([id, (await owner.call('GET', path)).statusCode]).toEqual([id, 404]);
      }
      const again = await owner.call('POST', `${PATH}${hook.id}/deliveries/${id}/redeliver/`);
      expect([id, again.statusCode]).toEqual([id, 404]);
    },
  );

  it('pages of the log keep what was asked for, and edited ones are refused', async () => {
    const hook = await world.endpoint(owner);
    await world.happens(owner, 3);
    await world.sent(owner);
    const path = `${PATH}${hook.id}/deliveries/`;
    const first = await owner.call('GET', `${path}?status=delivered&page_size=2`);
    const { next, results, count } = first.json<{ next: string; results: { id: number }[]; count: number }>();
    const second = await owner.call('GET', next.slice(next.indexOf(PATH)));
    const rest = second.json<{ next: null; results: { id: number }[] }>();
    expect([count, results.length, rest.results.length, rest.next]).toEqual([3, 2, 1, null]);
    expect(new Set([...results, ...rest.results].map(({ id }) => id)).size).toBe(3);
    const codes = ['?status=dead&status=dead', '?page=-1', '?page=1e3', '?page=%00', '?page=1&page=2'].map(
      async (query) => (await owner.call('GET', `${path}${query}`)).statusCode,
    );
    for (const code of await Promise.all(codes)) expect([400, 404]).toContain(code);
  });

  it('a repeat under the same key is the same endpoint with the same secret', async () => {
    const body = { url: receiver.url('/repeated'), events: ['post.published'] };
    const key = { 'idempotency-key': `repeat-${owner.id}` };
    const [one, two] = [await owner.call('POST', PATH, body, key), await owner.call('POST', PATH, body, key)];
    expect([one.statusCode, two.body]).toEqual([201, one.body]);
    for (const { headers } of [one, two]) expect(headers['cache-control']).toBe('no-store');
    const secret = one.json<{ secret: string }>().secret;
    for (const { answer } of await rows<{ answer: string }>(KEPT)) expect(answer).not.toContain(secret);
    expect(await rows(OF_ACCOUNT, [owner.id])).toHaveLength(1);
  });

  it('twenty redeliveries at once are one more call or a few, under one id', async () => {
    const hook = await world.endpoint(owner);
    await world.happens(owner);
    await world.sent(owner);
    const [delivery] = await world.log(owner, hook);
    const path = `${PATH}${hook.id}/deliveries/${delivery?.id}/redeliver/`;
    const answers = await Promise.all(Array.from({ length: 20 }, () => owner.call('POST', path)));
    expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([200]));
    await world.sent(owner);
    const calls = receiver.of(hook.path);
    expect(new Set(calls.map(({ id, raw }) => `${id} ${raw}`)).size).toBe(1);
    expect(await world.log(owner, hook)).toMatchObject([{ status: 'delivered', attempts: { length: calls.length } }]);
  });
});
