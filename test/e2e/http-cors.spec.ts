import type { OutgoingHttpHeaders } from 'node:http';
import { httpApp, type TestApp } from './http.kit';

const SPA = 'https://app.example';
const FOREIGN = 'https://evil.example';

let http: TestApp;

beforeAll(async () => {
  http = await httpApp({ SPA_ORIGINS: `${SPA},http://localhost:5173` });
});
afterAll(() => http.app.close());

async function preflight(url: string, origin: string, method = 'POST') {
  const headers = {
    origin,
    'access-control-request-method': method,
    'access-control-request-headers': 'content-type,plugin-user-id',
  };
  return http.app.inject({ method: 'OPTIONS', url, headers });
}

function corsOf(headers: OutgoingHttpHeaders): object {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name.startsWith('access-control-')));
}

describe('pages of allowed origins', () => {
  it.each([SPA, 'http://localhost:5173', 'http://own.example'])('may ask and read with cookies: %s', async (origin) => {
    const asked = await preflight('/drf/things/', origin);
    expect(asked.statusCode).toBe(204);
    expect(asked.headers.vary).toBe('Origin, Access-Control-Request-Headers');
    expect(corsOf(asked.headers)).toEqual({
      'access-control-allow-origin': origin,
      'access-control-allow-credentials': 'true',
      'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE',
      'access-control-allow-headers': 'content-type,plugin-user-id',
      'access-control-max-age': '600',
    });
    const answer = await http.app.inject({ url: '/drf/things', headers: { origin } });
    expect(answer.headers.vary).toBe('Origin');
    expect(corsOf(answer.headers)).toEqual({
      'access-control-allow-origin': origin,
      'access-control-allow-credentials': 'true',
      'access-control-expose-headers': expect.stringContaining('Idempotent-Replayed, Retry-After'),
    });
  });

  it('may read what went wrong', async () => {
    for (const url of ['/drf/things/fail/secret', '/nowhere', '/drf/things/fail/login']) {
      const answer = await http.app.inject({ url, headers: { origin: SPA } });
      expect(answer.headers['access-control-allow-origin']).toBe(SPA);
    }
  });
});

describe('other pages', () => {
  it.each([FOREIGN, 'null', `${SPA}.evil.example`, 'http://app.example', 'https://APP.example', ''])(
    'may neither ask nor read: %j',
    async (origin) => {
      const asked = await preflight('/drf/things', origin);
      expect(asked.statusCode).toBe(405);
      expect(corsOf(asked.headers)).toEqual({});
      const answer = await http.app.inject({ url: '/drf/things', headers: { origin } });
      expect(answer.statusCode).toBe(200);
      expect(corsOf(answer.headers)).toEqual({});
    },
  );
});

it('an OPTIONS request that is no preflight is a wrong method', async () => {
  const answer = await http.app.inject({ method: 'OPTIONS', url: '/drf/things', headers: { origin: SPA } });
  expect(answer.statusCode).toBe(405);
  expect(answer.headers['access-control-allow-origin']).toBe(SPA);
});

it('every answer may differ by origin, also where none was given', async () => {
  expect((await http.app.inject('/drf/things')).headers.vary).toBe('Origin');
});

describe('a module with a policy of its own', () => {
  it.each(['https://plugin-one', 'https://plugin-two'])('answers preflights for all it knows: %s', async (origin) => {
    for (const method of ['GET', 'DELETE']) {
      const asked = await preflight('/limited/plugin/', origin, method);
      expect(asked.statusCode).toBe(204);
      expect(asked.headers['access-control-allow-origin']).toBe(origin);
      expect(asked.headers).not.toHaveProperty('access-control-allow-credentials');
    }
  });

  it('judges the request itself by what it says', async () => {
    const call = (origin: string) =>
      http.app.inject({ url: '/limited/plugin', headers: { origin, 'plugin-id': 'one' } });
    const own = await call('https://plugin-one');
    expect(own.headers['access-control-allow-origin']).toBe('https://plugin-one');
    expect(own.headers).not.toHaveProperty('access-control-allow-credentials');
    expect(corsOf((await call('https://plugin-two')).headers)).toEqual({});
  });

  it('leaves the allow-list of the settings out', async () => {
    expect((await preflight('/limited/plugin', SPA, 'GET')).statusCode).toBe(405);
    expect(corsOf((await http.app.inject({ url: '/limited/plugin', headers: { origin: SPA } })).headers)).toEqual({});
  });

  it('whose policy was forgotten is a fault of ours', async () => {
    const answer = await http.app.inject({ url: '/limited/forgotten', headers: { origin: SPA } });
    expect(answer.statusCode).toBe(500);
    expect(answer.body).not.toContain('registered');
  });
});
