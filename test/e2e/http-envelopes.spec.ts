import type { InjectOptions } from 'light-my-request';
import { httpApp, type TestApp } from './http.kit';

type Name = 'drf' | 'lernito' | 'plugin' | 'problem';
const NAMES = ['drf', 'lernito', 'plugin', 'problem'] as const satisfies Name[];
const JSON_TYPE = { 'content-type': 'application/json' };
const FORM_TYPE = { 'content-type': 'application/x-www-form-urlencoded' };

let http: TestApp;

beforeAll(async () => {
  http = await httpApp({ RATE_LIMITS: 'off' });
});
afterAll(() => http.app.close());

function call(name: Name, method: string, path: string, options: Partial<InjectOptions> = {}) {
  return http.app.inject({ ...options, method: method as InjectOptions['method'], url: `/${name}/things${path}` });
}

/** What each envelope makes of one text; the plugin server's own words where they differ. */
function expectText(name: Name, body: string, text: string, own: { lernito?: 'detail'; plugin?: string } = {}): void {
  const answer: unknown = JSON.parse(body);
  const detail = { detail: text };
  if (name === 'drf') expect(answer).toEqual(detail);
  if (name === 'lernito') expect(answer).toEqual(own.lernito === 'detail' ? detail : { success: false, message: text });
  if (name === 'plugin') expect(answer).toEqual({ error: own.plugin ?? text });
  if (name === 'problem') expect(answer).toMatchObject(detail);
}

describe.each(NAMES)('envelope %s', (name) => {
  const contentType = name === 'problem' ? 'application/problem+json' : 'application/json; charset=utf-8';

  it.each([
    ['cut off', '{"name":', 'Unexpected end of JSON input'],
    ['no JSON', 'name', "Unexpected token 'a'"],
    ['with a number JSON has not', '{"name":NaN}', "Unexpected token 'N'"],
    ['with a poisonous key', '{"__proto__":{"admin":true}}', 'Object contains forbidden prototype property'],
    ['not UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]), 'the body is not UTF-8'],
  ])('a body %s: 400', async (_, payload, reason) => {
    const answer = await call(name, 'POST', '', { headers: JSON_TYPE, payload });
    expect(answer.statusCode).toBe(400);
    expect(answer.headers['content-type']).toBe(contentType);
    expectText(name, answer.body, `JSON parse error - ${reason}`, { lernito: 'detail', plugin: 'Invalid JSON' });
  });

  it('faulty fields: 400', async () => {
    const answer = await call(name, 'POST', '/', { headers: JSON_TYPE, payload: { name: '', tags: ['ok', true] } });
    expect(answer.statusCode).toBe(400);
    const fields = { name: ['This field may not be blank.'], tags: { 1: ['Not a valid string.'] } };
    const bodies: Record<Name, object> = {
      drf: fields,
      lernito: { success: false, message: fields },
      plugin: { error: 'name: This field may not be blank.' },
      problem: {
        status: 400,
        errors: [
          { pointer: '#/name', detail: 'This field may not be blank.' },
          { pointer: '#/tags/1', detail: 'Not a valid string.' },
        ],
      },
    };
    expect(answer.json()).toMatchObject(bodies[name]);
  });

  it('a faulty query: 400; an id that can be none: 404', async () => {
    expect((await call(name, 'GET', '?page=0')).statusCode).toBe(400);
    expect((await call(name, 'GET', '/?page=2')).json()).toEqual({ page: 2 });
    const answer = await call(name, 'PUT', '/99999999999999999999', { headers: JSON_TYPE, payload: { name: 'x' } });
    expect(answer.statusCode).toBe(404);
    expectText(name, answer.body, 'Not found.');
  });

  it('a known path with a wrong method: 405 with Allow, whatever its body', async () => {
    for (const payload of [undefined, 'no json']) {
      const answer = await call(name, 'DELETE', '/form', { headers: { 'content-type': 'text/plain' }, payload });
      expect(answer.statusCode).toBe(405);
      expect(answer.headers.allow).toBe(name === 'plugin' ? 'PUT, POST' : 'POST, PUT');
      if (name === 'plugin') expect(answer.body).toBe('');
      else expectText(name, answer.body, 'Method "DELETE" not allowed.', { lernito: 'detail' });
    }
  });

  it.each(['OPTIONS', 'PROPFIND', 'TRACE'])('method %s: 405', async (method) => {
    const answer = await call(name, method, '');
    expect(answer.statusCode).toBe(405);
    expect(answer.headers.allow).toBe(name === 'plugin' ? 'GET, POST' : 'GET, HEAD, POST');
  });

  it('HEAD: as GET, without a body', async () => {
    const answer = await call(name, 'HEAD', '/');
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toBe('');
    expect((await call(name, 'HEAD', '/form')).statusCode).toBe(405);
  });

  it.each([
    ['text/plain', 'text/plain'],
    ['application/x-www-form-urlencoded', 'application/x-www-form-urlencoded'],
    ['multipart/form-data; boundary=x', 'multipart/form-data; boundary=x'],
    ['application/jsonp', 'application/jsonp'],
    ['nonsense', 'nonsense'],
    [`text/${'x'.repeat(500)}`, `text/${'x'.repeat(95)}`],
  ])('content type %s: 415', async (type, echoed) => {
    for (const path of ['', '/raw']) {
      const answer = await call(name, 'POST', path, { headers: { 'content-type': type }, payload: 'name=x' });
      expect(answer.statusCode).toBe(415);
      expectText(name, answer.body, `Unsupported media type "${echoed}" in request.`, { lernito: 'detail' });
    }
  });

  it('a body without a content type: 415; no body at all: an empty one', async () => {
    const answer = await call(name, 'POST', '', { payload: Buffer.from('{}') });
    expect(answer.statusCode).toBe(415);
    expectText(name, answer.body, 'Unsupported media type "" in request.', { lernito: 'detail' });
    for (const headers of [{}, JSON_TYPE, { 'content-type': 'text/plain', 'content-length': '0' }]) {
      const empty = await call(name, 'POST', '', { headers });
      expect(empty.statusCode).toBe(400);
      expect(empty.body).toContain('This field is required.');
    }
  });

  it('too large a body: 413', async () => {
    const answer = await call(name, 'POST', '', { headers: JSON_TYPE, payload: `"${'x'.repeat(1_048_576)}"` });
    expect(answer.statusCode).toBe(413);
    expectText(name, answer.body, 'Request body is too large.');
    const payload = JSON.stringify({ name: 'x', rest: 'x'.repeat(1_048_000) });
    expect((await call(name, 'POST', '', { headers: JSON_TYPE, payload })).statusCode).toBe(201);
  });

  it.each(['secret', 'text'])(
    'an unknown error (%s): 500 with nothing but its id, and all of it in the log',
    async (how) => {
      const answer = await call(name, 'GET', `/fail/${how}`);
      const id = answer.headers['x-request-id'];
      expect(answer.statusCode).toBe(500);
      expect(answer.json()).toMatchObject({ request_id: id });
      expect(answer.body).not.toMatch(/select|account|thrown|\bat \//);
      expect(http.log).toContainEqual(
        expect.objectContaining({
          level: 'error',
          requestId: id,
          context: 'Http',
          msg: `GET /${name}/things/fail/:how failed`,
        }),
      );
    },
  );

  it('a lost database: 503', async () => {
    const answer = await call(name, 'GET', '/fail/database');
    expect(answer.statusCode).toBe(503);
    expect(answer.headers['retry-after']).toBe('5');
    expect(answer.json()).toMatchObject({ request_id: answer.headers['x-request-id'] });
  });

  it('refusals: their status, text and further members', async () => {
    const login = await call(name, 'GET', '/fail/login');
    expect(login.statusCode).toBe(401);
    expect(login.headers['www-authenticate']).toBe('Bearer realm="api"');
    expectText(name, login.body, 'Log in.');
    const taken = await call(name, 'GET', '/fail/other');
    expect(taken.statusCode).toBe(409);
    expect(taken.json()).toMatchObject({ hint: 'other' });
    const nest = await call(name, 'GET', '/fail/nest');
    expect(nest.statusCode).toBe(403);
    expectText(name, nest.body, 'Nest says no.');
  });

  it('forms only where they are welcome, the last of a repeated name counts', async () => {
    const form = { headers: FORM_TYPE, payload: 'name=first&name=+last%20' };
    expect((await call(name, 'POST', '/form', form)).json()).toEqual({ name: 'last' });
    expect((await call(name, 'POST', '', form)).statusCode).toBe(415);
    const json = await call(name, 'POST', '/form', { headers: JSON_TYPE, payload: { name: 'x' } });
    expect(json.json()).toEqual({ name: 'x' });
    const large = { headers: FORM_TYPE, payload: `name=${'x'.repeat(65_536)}` };
    expect((await call(name, 'POST', '/form', large)).statusCode).toBe(413);
    const many = { headers: FORM_TYPE, payload: 'x&'.repeat(201) };
    expect((await call(name, 'POST', '/form', many)).statusCode).toBe(400);
    const broken = { headers: FORM_TYPE, payload: Buffer.from([0x61, 0xff]) };
    expect((await call(name, 'POST', '/form', broken)).statusCode).toBe(400);
  });

  it('raw bodies as they came, JSON or not, and none as no bytes', async () => {
    for (const [payload, bytes] of [
      ['{"a":', 5],
      [Buffer.from([0xff, 0xfe]), 2],
      ['', 0],
    ] as const) {
      const answer = await call(name, 'POST', '/raw', { headers: JSON_TYPE, payload });
      expect(answer.json()).toEqual({ bytes, parsed: false });
    }
    expect((await call(name, 'POST', '/raw')).json()).toMatchObject({ bytes: 0 });
  });
});

describe('outside of all routes', () => {
  it.each([
    '/',
    '/nowhere',
    '/nowhere/else/',
    '//drf/things',
    '/drf/things/1/2',
    '/drf/things/fail//',
    '/drf%2Fthings',
    '/.env',
  ])('%s: 404 as problem details', async (url) => {
    for (const method of ['GET', 'POST', 'OPTIONS'] as const) {
      const answer = await http.app.inject({
        method,
        url,
        headers: JSON_TYPE,
        payload: method === 'POST' ? '{' : undefined,
      });
      expect(answer.statusCode).toBe(404);
      expect(answer.headers['content-type']).toBe('application/problem+json');
      expect(answer.json()).toEqual({
        type: 'urn:guildhall:problem:not_found',
        title: 'Not Found',
        status: 404,
        detail: 'Not found.',
        code: 'not_found',
        request_id: answer.headers['x-request-id'],
      });
    }
  });

  it.each(['/%', '/%zz', '/drf/things/%c3%28', '/%E0%A4%A'])('%s: 400 as problem details', async (url) => {
    const answer = await http.app.inject(url);
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ code: 'bad_url', request_id: answer.headers['x-request-id'] });
  });

  it('an endless part of a path: 414', async () => {
    const answer = await http.app.inject(`/drf/things/fail/${'x'.repeat(2000)}`);
    expect(answer.statusCode).toBe(414);
    expect(answer.json()).toMatchObject({ code: 'uri_too_long' });
  });
});

describe('every answer', () => {
  it('carries its id: a harmless one of the caller, else its own', async () => {
    const given = await http.app.inject({ url: '/nowhere', headers: { 'x-request-id': 'mine-1' } });
    expect(given.headers['x-request-id']).toBe('mine-1');
    const hostile = await http.app.inject({ url: '/drf/things', headers: { 'x-request-id': 'a\tb' } });
    expect(hostile.headers['x-request-id']).toMatch(/^[0-9a-f]{16}-/);
  });

  it('carries the headers that keep browsers safe', async () => {
    for (const url of ['/drf/things', '/nowhere', '/drf/things/fail/secret']) {
      const { headers } = await http.app.inject(url);
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cache-control': 'no-store',
      });
      expect(headers['content-security-policy']).toMatch(/default-src 'self'.*script-src 'self';/);
      expect(headers['content-security-policy']).not.toMatch(/script-src[^;]*unsafe/);
      expect(headers).not.toHaveProperty('x-powered-by');
      expect(headers).not.toHaveProperty('strict-transport-security');
    }
  });

  it('asks for https where we are reached by it', async () => {
    const secure = await httpApp({ PUBLIC_URL: 'https://own.example' });
    const { headers } = await secure.app.inject('/drf/things');
    expect(headers['strict-transport-security']).toBe('max-age=15552000');
    expect(headers['content-security-policy']).toContain('upgrade-insecure-requests');
    await secure.app.close();
  });
});
