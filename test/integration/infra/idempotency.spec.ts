import { setTimeout as sleep } from 'node:timers/promises';
import type { Response } from 'light-my-request';
import { DomainError, forbidden } from '../../../src/common/domain-error';
import { Database, statement } from '../../../src/infra/database/database';
import { fingerprintOf } from '../../../src/infra/idempotency/idempotency.rules';
import { IdempotencyService, LEASE_MS } from '../../../src/infra/idempotency/idempotency.service';
import { IdempotencyRepository } from '../../../src/infra/idempotency/idempotency.repository';
import { IdempotencySweeper } from '../../../src/infra/idempotency/idempotency.sweeper';
import { type IdempotencyApp, idempotencyApp } from './idempotency.kit';

const DAY_MS = 86_400_000;
const ROWS = statement('test.idempotency-rows', 'select * from idempotency_key order by id');

const IN_USE = { detail: 'A request with this Idempotency-Key is being worked on. Try again in a moment.' };
const REUSED = { detail: 'This Idempotency-Key was sent with another request before. Use a new one for each request.' };

let app: IdempotencyApp;
let key: string;
let keys = 0;

beforeAll(async () => {
  app = await idempotencyApp();
});

beforeEach(() => {
  key = `key-${(keys += 1)}`;
  app.work.runs = 0;
  app.work.do = () => ({ made: app.work.runs });
});

afterEach(() => jest.restoreAllMocks());

const rows = () => app.get(Database).rows<Record<string, unknown>>(ROWS);
const told = (answer: Response): unknown[] => [answer.statusCode, answer.json<object>()];
const replayed = (answer: Response): boolean => answer.headers['idempotent-replayed'] === 'true';

/** Work that ends when it is let. */
function held(): { readonly begun: Promise<void>; end: () => void } {
  let end = (): void => {};
  const ended = new Promise<void>((resolve) => (end = resolve));
  const begun = new Promise<void>((resolve) => {
    app.work.do = async () => {
      resolve();
      await ended;
      return { made: app.work.runs };
    };
  });
  return { begun, end: () => end() };
}

describe('a request that comes again', () => {
  it('is done once, and answered as the first was', async () => {
    app.work.do = (reply) => {
      void reply.status(202).headers({ location: '/things/7', etag: '"3"', 'set-cookie': 'a=b' });
      return { id: 7, at: new Date(0), nothing: null, left: undefined };
    };
    const first = await app.post({ key, account: 1 });
    const second = await app.post({ key, account: 1 });
    expect(told(second)).toEqual(told(first));
    expect(second.body).toBe(first.body);
    expect(first.statusCode).toBe(202);
    const { location, etag, 'set-cookie': cookie, 'content-type': type } = second.headers;
    expect([location, etag, cookie, type]).toEqual(['/things/7', '"3"', undefined, first.headers['content-type']]);
    expect([replayed(first), replayed(second), app.work.runs]).toEqual([false, true, 1]);
  });

  it('may have been answered without a body', async () => {
    app.work.do = (reply) => void reply.status(204);
    const answers = [await app.post({ key, account: 1 }), await app.post({ key, account: 1 })];
    expect(answers.map(({ statusCode, body }) => [statusCode, body])).toEqual([
      [204, ''],
      [204, ''],
    ]);
    expect(app.work.runs).toBe(1);
  });

  it('gets the answer that its sender no longer waited for', async () => {
    const { begun, end } = held();
    const { hangUp } = await app.call({ key, account: 1 });
    await begun;
    hangUp();
    await sleep(100);
    end();
    let answer = await app.post({ key, account: 1 });
    for (let look = 0; look < 50 && answer.statusCode === 409; look++) {
      await sleep(20);
      answer = await app.post({ key, account: 1 });
    }
    expect([...told(answer), replayed(answer), app.work.runs]).toEqual([201, { made: 1 }, true, 1]);
  });

  it('without a key, or on a route without the mark, is done again', async () => {
    await app.post({ account: 1 });
    await app.post({ account: 1 });
    await app.post({ account: 1, key, url: '/others/plain' });
    await app.post({ account: 1, key, url: '/others/plain' });
    expect(app.work.runs).toBe(4);
  });

  it('is another’s, another route’s or another day’s: done again', async () => {
    await app.post({ key, account: 1 });
    expect(replayed(await app.post({ key, account: 2 }))).toBe(false);
    expect(replayed(await app.post({ key }))).toBe(false);
    expect(replayed(await app.post({ key, account: 1, url: '/others/' }))).toBe(false);
    app.clock.advance(DAY_MS - 60_000);
    expect(replayed(await app.post({ key, account: 1 }))).toBe(true);
    app.clock.advance(60_000);
    expect(replayed(await app.post({ key, account: 1, body: { name: 'new' } }))).toBe(false);
    expect(replayed(await app.post({ key, account: 1, body: { name: 'new' } }))).toBe(true);
    expect(app.work.runs).toBe(5);
  });

  it('with another body or query is refused', async () => {
    await app.post({ key, account: 1 });
    expect(told(await app.post({ key, account: 1, body: { name: 'two' } }))).toEqual([422, REUSED]);
    expect(told(await app.post({ key, account: 1, url: '/things/?a=1' }))).toEqual([422, REUSED]);
    expect(replayed(await app.post({ key, account: 1, url: '/things' }))).toBe(true);
  });

  it('of a stranger is known only to who can repeat all of it', async () => {
    await app.post({ key });
    expect(replayed(await app.post({ key }))).toBe(true);
    const other = await app.post({ key, body: { name: 'two' } });
    expect([other.statusCode, replayed(other), app.work.runs]).toEqual([201, false, 2]);
  });
});

describe('at once', () => {
  it('twenty are one piece of work', async () => {
    app.work.do = async () => {
      await sleep(50);
      return { made: app.work.runs };
    };
    const answers = await Promise.all(Array.from({ length: 20 }, () => app.post({ key, account: 1 })));
    expect(app.work.runs).toBe(1);
    for (const answer of answers) {
      expect([
        [201, { made: 1 }],
        [409, IN_USE],
      ]).toContainEqual(told(answer));
    }
    expect(answers.filter(({ statusCode }) => statusCode === 201).length).toBeGreaterThan(0);
  });

  it('twenty that all fail and free their key end in one that is done', async () => {
    let failing = 8;
    app.work.do = () => {
      if (failing-- > 0) throw new Error('not yet');
      return { made: 1 };
    };
    const statuses = new Set<number>();
    for (let round = 0; round < 12; round++) {
      const answers = await Promise.all(Array.from({ length: 20 }, () => app.post({ key, account: 1 })));
      for (const { statusCode } of answers) statuses.add(statusCode);
    }
    expect([...statuses].sort()).toEqual(expect.arrayContaining([201, 500]));
    expect([...statuses].filter((status) => ![201, 409, 500].includes(status))).toEqual([]);
    expect(app.work.runs).toBe(9);
  });

  it('the second is told to wait, in the words of its route', async () => {
    const { begun, end } = held();
    const first = app.post({ key, account: 1 });
    await begun;
    const second = await app.post({ key, account: 1 });
    expect([...told(second), second.headers['retry-after']]).toEqual([409, IN_USE, '1']);
    expect(told(await app.post({ key, account: 1, body: { name: 'two' } }))).toEqual([422, REUSED]);
    end();
    expect((await first).statusCode).toBe(201);
    expect(replayed(await app.post({ key, account: 1 }))).toBe(true);
    expect(app.work.runs).toBe(1);
  });

  it('the words of a new route are problem details', async () => {
    await app.post({ key, account: 1, url: '/others/' });
    const answer = await app.post({ key, account: 1, url: '/others/', body: { name: 'two' } });
    expect(answer.json<object>()).toMatchObject({ status: 422, code: 'idempotency_key_reused' });
    expect(answer.headers['content-type']).toBe('application/problem+json');
  });
});

describe('what goes wrong', () => {
  it.each([
    ['an unforeseen error', () => new Error('secret'), 500],
    ['an outage', () => new DomainError('unavailable', 'gone', 'Later.'), 503],
    ['a limit', () => new DomainError('rate-limited', 'slow', 'Slower.'), 429],
    ['faulty input', () => new DomainError('invalid', 'invalid', 'No.'), 400],
  ])('%s frees the key', async (_, error, status) => {
    app.work.do = () => {
      throw error();
    };
    expect((await app.post({ key, account: 1 })).statusCode).toBe(status);
    app.work.do = () => ({ made: 'after all' });
    expect(told(await app.post({ key, account: 1, body: { name: 'two' } }))).toEqual([201, { made: 'after all' }]);
  });

  it('a 5xx that the work answers itself frees it too', async () => {
    app.work.do = (reply) => {
      void reply.status(502);
      return {};
    };
    expect((await app.post({ key, account: 1 })).statusCode).toBe(502);
    await app.post({ key, account: 1 });
    expect(app.work.runs).toBe(2);
  });

  it('a body that is refused can be put right under the same key', async () => {
    expect((await app.post({ key, account: 1, body: {} })).statusCode).toBe(400);
    expect((await app.post({ key, account: 1 })).statusCode).toBe(201);
  });

  it('a refusal is an answer, in the words of its route', async () => {
    app.work.do = () => {
      throw new DomainError('conflict', 'taken', 'It is taken.', { extra: { hint: 1 } });
    };
    const first = await app.post({ key, account: 1 });
    app.work.do = () => ({});
    const second = await app.post({ key, account: 1 });
    expect(told(second)).toEqual([409, { detail: 'It is taken.', hint: 1 }]);
    expect(told(second)).toEqual(told(first));
    expect([replayed(second), app.work.runs]).toEqual([true, 1]);
    app.work.do = () => {
      throw forbidden();
    };
    const problem = await app.post({ key, account: 1, url: '/others/' });
    const again = await app.post({ key, account: 1, url: '/others/' });
    expect([again.statusCode, again.body, replayed(again)]).toEqual([403, problem.body, true]);
    expect(again.headers['content-type']).toBe('application/problem+json');
  });

  it('who may not call claims nothing', async () => {
    const before = (await rows()).length;
    expect((await app.post({ key, account: 'nobody' })).statusCode).toBe(403);
    expect((await rows()).length).toBe(before);
  });

  it.each(['', 'x'.repeat(256), 'schlüssel'])('%j is no key', async (bad) => {
    const answer = await app.post({ key: bad, account: 1 });
    expect([...told(answer), app.work.runs]).toEqual([
      400,
      { detail: 'The header Idempotency-Key must have 1 to 255 printable ASCII characters.' },
      0,
    ]);
  });

  it('an answer that can’t be stored is given all the same', async () => {
    jest.spyOn(app.get(IdempotencyRepository), 'finish').mockRejectedValueOnce(new Error('no space'));
    expect(told(await app.post({ key, account: 1 }))).toEqual([201, { made: 1 }]);
    expect((await app.post({ key, account: 1 })).statusCode).toBe(409);
    expect(app.log.some((line) => line.includes('could not be stored'))).toBe(true);
  });
});

describe('a lease', () => {
  const call = () => ({
    accountId: 1,
    route: 'POST /things',
    key,
    fingerprint: fingerprintOf('POST', '/things/', { name: 'one' }),
  });

  it('of a process that was killed ends, and the request is worked on', async () => {
    const service = app.get(IdempotencyService);
    const { claim } = await service.claim(call());
    expect((await app.post({ key, account: 1 })).statusCode).toBe(409);
    app.clock.advance(LEASE_MS);
    expect((await app.post({ key, account: 1, body: { name: 'two' } })).statusCode).toBe(422);
    expect(told(await app.post({ key, account: 1 }))).toEqual([201, { made: 1 }]);
    // It was only slow: what it has to say comes too late.
    await service.finish(claim!, { status: 200, headers: {}, body: '"late"' });
    await service.release(claim!);
    expect(told(await app.post({ key, account: 1 }))).toEqual([201, { made: 1 }]);
  });

  it('that ended is taken over by one of twenty', async () => {
    await app.get(IdempotencyService).claim(call());
    app.clock.advance(LEASE_MS);
    await Promise.all(Array.from({ length: 20 }, () => app.post({ key, account: 1 })));
    expect(app.work.runs).toBe(1);
  });

  it('is renewed while the work goes on', async () => {
    const service = app.get(IdempotencyService);
    const { claim } = await service.claim(call());
    for (let round = 0; round < 3; round++) {
      app.clock.advance(LEASE_MS - 1_000);
      await service.renew(claim!);
    }
    expect((await app.post({ key, account: 1 })).statusCode).toBe(409);
  });

  it('is renewed by itself', async () => {
    jest.useFakeTimers({
      doNotFake: ['nextTick', 'setImmediate', 'setTimeout', 'clearTimeout', 'Date', 'performance'],
    });
    const service = app.get(IdempotencyService);
    const renew = jest.spyOn(service, 'renew').mockResolvedValue();
    const stop = service.keepAlive({ scope: 's', claim: 'c' });
    jest.advanceTimersByTime(LEASE_MS);
    expect(renew).toHaveBeenCalledTimes(3);
    stop();
    jest.advanceTimersByTime(LEASE_MS);
    expect(renew).toHaveBeenCalledTimes(3);
    service.keepAlive({ scope: 's', claim: 'c' });
    jest.advanceTimersByTime(20 * LEASE_MS);
    expect(renew).toHaveBeenCalledTimes(33);
    jest.useRealTimers();
  });

  it('is let go with the answer', async () => {
    const stop = jest.fn();
    jest.spyOn(app.get(IdempotencyService), 'keepAlive').mockReturnValue(stop);
    await app.post({ key, account: 1 });
    expect(stop).toHaveBeenCalledTimes(1);
    await app.post({ key, account: 1 });
    expect(stop).toHaveBeenCalledTimes(1);
  });
});

describe('what is kept', () => {
  it('can’t be read in the table, and neither can the key', async () => {
    app.work.do = () => ({ email: 'asha@example.org' });
    await app.post({ key: `secret-${key}`, account: 1, body: { name: 'Asha Rao' } });
    const text = JSON.stringify(await rows());
    expect(text).not.toMatch(/asha|Asha|secret-/);
    expect(text).not.toContain(fingerprintOf('POST', '/things/', { name: 'Asha Rao' }));
    expect(text).toMatch(/v1\./);
  });

  it('is gone after a day', async () => {
    await app.post({ key, account: 1 });
    app.clock.advance(DAY_MS - 1_000);
    const before = (await rows()).length;
    const swept = await app.get(IdempotencySweeper).run();
    expect(await rows()).toHaveLength(before - swept);
    expect(before - swept).toBeGreaterThan(0);
    app.clock.advance(1_000);
    await app.get(IdempotencySweeper).run();
    expect(await rows()).toEqual([]);
  });
});
