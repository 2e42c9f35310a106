import { Fernet } from '../../src/infra/crypto/fernet';
import { describeWithPython, python } from '../setup/python';
import { startTestApp, type TestApp } from '../setup/test-app';
import { TEST_SECRETS } from '../setup/test-settings';
import { type Answer, HttpClient } from './client';

/** The Sefaria plugin server: its README and its code (COMPAT 2.2), with rulings R12, R13, R14, R22 and R25. */
let app: TestApp;
let client: HttpClient;
let people = 100;

const fernet = new Fernet([TEST_SECRETS.SEFARIA_PLUGIN_SECRET]);
const tokenFor = (text: string, at = new Date()): string => fernet.encrypt(text, at);
const header = (token: string): Record<string, string> => ({ 'Plugin-User-Id': token });

beforeAll(async () => {
  app = await startTestApp();
  client = new HttpClient(await app.url());
});

/** A user of the plugin, and the token in whose name the rest is done. */
async function somebody(): Promise<{ sefariaId: string; token: string; created: Answer }> {
  people += 1;
  const token = tokenFor(String(people));
  return { sefariaId: String(people), token, created: await client.post('/plugin_user/', { sefaria_id: token }) };
}

describe('POST /plugin_user/', () => {
  it('first 201 with the numeric id and the decrypted id as text, then 400', async () => {
    const { sefariaId, token, created } = await somebody();
    expect(created.status).toBe(201);
    expect(created.headers.get('content-type')).toMatch(/^application\/json/);
    const { id } = created.body as { id: number };
    expect(created.body).toEqual({ id: expect.any(Number), sefaria_id: sefariaId });
    expect(created.text).toBe(`{"id":${id},"sefaria_id":"${sefariaId}"}`);
    const again = await client.post('/plugin_user/', { sefaria_id: token });
    expect([again.status, again.text]).toEqual([400, '{"error":"sefaria_id already exists"}']);
    const fresh = await client.post('/plugin_user/', { sefaria_id: tokenFor(sefariaId) });
    expect([fresh.status, fresh.text]).toEqual([400, '{"error":"sefaria_id already exists"}']);
  });

  it.each([
    ['{}', 'sefaria_id is required'],
    ['{"sefaria_id":""}', 'sefaria_id is required'],
    ['{"sefaria_id":null}', 'sefaria_id is required'],
    ['{"sefaria_id":0}', 'sefaria_id is required'],
    ['{"sefaria_id":"garbage"}', 'Invalid sefaria_id'],
    ['{"sefaria_id":12345}', 'Invalid sefaria_id'],
    ['{"sefaria_id":["x"]}', 'Invalid sefaria_id'],
    ['{"sefaria_id":{"a":1}}', 'Invalid sefaria_id'],
    ['{sefaria_id: 1}', 'Invalid JSON'],
    ['', 'Invalid JSON'],
    ['[]', 'Invalid JSON'],
    ['"text"', 'Invalid JSON'],
    ['null', 'Invalid JSON'],
  ])('%s is answered 400 %s', async (body, error) => {
    const answer = await client.call('POST', '/plugin_user/', {
      headers: { 'content-type': 'application/json' },
      body,
    });
    expect([answer.status, answer.text]).toEqual([400, JSON.stringify({ error })]);
  });

  it.each(['None', '0', '-5', '007', '12345 ', 'abc', '12345678901234567890'])(
    'a genuine token that holds %j is answered 400 Invalid sefaria_id',
    async (payload) => {
      const answer = await client.post('/plugin_user/', { sefaria_id: tokenFor(payload) });
      expect([answer.status, answer.text]).toEqual([400, '{"error":"Invalid sefaria_id"}']);
    },
  );

  it('takes tokens from years ago and, within a minute, from clocks that are ahead', async () => {
    const old = await client.post('/plugin_user/', { sefaria_id: tokenFor('90001', new Date('2024-12-10T21:26:33Z')) });
    expect(old.status).toBe(201);
    const ahead = new Date(Date.now() + 50_000);
    expect((await client.post('/plugin_user/', { sefaria_id: tokenFor('90002', ahead) })).status).toBe(201);
    const future = await client.post('/plugin_user/', {
      sefaria_id: tokenFor('90003', new Date(Date.now() + 120_000)),
    });
    expect([future.status, future.text]).toEqual([400, '{"error":"Invalid sefaria_id"}']);
  });

  it('knows one user by every spelling of the token that Python reads', async () => {
    const token = tokenFor('90004');
    expect((await client.post('/plugin_user/', { sefaria_id: token })).status).toBe(201);
    const spelled = `${token.slice(0, 40)}\n!*${token.slice(40)}`;
    const answer = await client.post('/plugin_user/', { sefaria_id: spelled });
    expect([answer.status, answer.text]).toEqual([400, '{"error":"sefaria_id already exists"}']);
  });

  it('reads a body without a content type, and refuses other types', async () => {
    const payload = Buffer.from(JSON.stringify({ sefaria_id: tokenFor('90005') }));
    expect((await app.inject({ method: 'POST', url: '/plugin_user/', payload })).statusCode).toBe(201);
    const form = await client.call('POST', '/plugin_user/', { form: { sefaria_id: tokenFor('90006') } });
    expect(form.status).toBe(415);
    expect(form.body).toEqual({ error: expect.any(String) });
  });
});

describe('GET /plugin_user/', () => {
  it('answers the user', async () => {
    const { sefariaId, token, created } = await somebody();
    const answer = await client.get('/plugin_user/', header(token));
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ id: (created.body as { id: number }).id, sefaria_id: sefariaId, name: null });
  });

  it('knows its header in any case', async () => {
    const { sefariaId, token } = await somebody();
    const answer = await client.get('/plugin_user/', { 'plugin-user-id': token });
    expect(answer.body).toMatchObject({ sefaria_id: sefariaId });
  });
});

describe('PUT /plugin_user/', () => {
  it('sets the name, and further fields', async () => {
    const { sefariaId, token } = await somebody();
    const named = await client.call('PUT', '/plugin_user/', { headers: header(token), json: { name: 'Rivka' } });
    expect([named.status, named.text]).toEqual([200, JSON.stringify({ sefaria_id: sefariaId })]);
    const more = await client.call('PUT', '/plugin_user/', {
      headers: header(token),
      json: { favorite: 'Genesis 1', level: 3 },
    });
    expect(more.status).toBe(200);
    const answer = await client.get('/plugin_user/', header(token));
    expect(answer.body).toEqual({
      id: expect.any(Number),
      sefaria_id: sefariaId,
      name: 'Rivka',
      favorite: 'Genesis 1',
      level: 3,
    });
  });

  it.each([
    ['{}', 'name is required'],
    ['{"name":""}', 'name is required'],
    ['{"name":null}', 'name is required'],
    ['{"id":5}', 'id is reserved'],
    ['{"name":"x","sefaria_id":"5"}', 'sefaria_id is reserved'],
    ['{name}', 'Invalid JSON'],
    ['', 'Invalid JSON'],
    ['[1]', 'Invalid JSON'],
  ])('%s is answered 400 %s', async (body, error) => {
    const { token } = await somebody();
    const answer = await client.call('PUT', '/plugin_user/', {
      headers: { ...header(token), 'content-type': 'application/json' },
      body,
    });
    expect([answer.status, answer.text]).toEqual([400, JSON.stringify({ error })]);
  });
});

describe('DELETE /plugin_user/', () => {
  it('answers 200 with the status, and the user is gone', async () => {
    const { token } = await somebody();
    const answer = await client.call('DELETE', '/plugin_user/', { headers: header(token) });
    expect([answer.status, answer.text]).toEqual([200, '{"status":"deleted"}']);
    const gone = await client.call('DELETE', '/plugin_user/', { headers: header(token) });
    expect([gone.status, gone.text]).toEqual([404, '{"error":"Not found"}']);
  });

  it('leaves a body unread', async () => {
    const { token } = await somebody();
    const headers = { ...header(token), 'content-type': 'application/json' };
    expect((await client.call('DELETE', '/plugin_user/', { headers, body: '{' })).status).toBe(200);
  });
});

describe.each(['GET', 'PUT', 'DELETE'])('%s /plugin_user/', (method) => {
  const call = (headers: Record<string, string>): Promise<Answer> =>
    client.call(method, '/plugin_user/', { headers, ...(method === 'PUT' && { json: { name: 'x' } }) });

  it('without the header: 400', async () => {
    for (const headers of [{}, { 'Plugin-User-Id': '' }, { plugin_user_id: tokenFor('1') }] as Record<
      string,
      string
    >[]) {
      const answer = await call(headers);
      expect([answer.status, answer.text]).toEqual([400, '{"error":"sefaria_id header is required"}']);
    }
  });

  it('with a bad token: 400, where the old server showed its key', async () => {
    const other = new Fernet([Fernet.generateKey()]).encrypt('12345', new Date());
    for (const token of ['garbage', 'None', '%%%', tokenFor('None'), other, `${tokenFor('1')}, ${tokenFor('1')}`]) {
      const answer = await call(header(token));
      expect([answer.status, answer.text]).toEqual([400, '{"error":"Invalid sefaria_id"}']);
    }
  });

  it('of an unknown user: 404', async () => {
    const answer = await call(header(tokenFor('424242')));
    expect([answer.status, answer.text]).toEqual([404, '{"error":"Not found"}']);
  });

  it('speaks of the header before it speaks of the body', async () => {
    const answer = await client.call(method, '/plugin_user/', {
      headers: { 'content-type': 'application/json' },
      ...(method !== 'GET' && { body: '{' }),
    });
    expect(answer.text).toBe('{"error":"sefaria_id header is required"}');
  });
});

it.each(['PATCH', 'OPTIONS'])('%s is answered 405, empty, with the methods in the old order', async (method) => {
  const answer = await client.call(method, '/plugin_user/');
  expect([answer.status, answer.text]).toEqual([405, '']);
  expect(answer.headers.get('allow')).toBe('GET, PUT, DELETE, POST');
});

it('works without the slash, and without a redirect', async () => {
  const token = tokenFor('90010');
  expect((await client.post('/plugin_user', { sefaria_id: token })).status).toBe(201);
  expect((await client.get('/plugin_user', header(token))).status).toBe(200);
});

describeWithPython('from cryptography.fernet import MultiFernet')("a site in Python, by the README's recipe", () => {
  it('encrypts the id, and the plugin server knows the user', async () => {
    const program = `
import json, sys
from cryptography.fernet import Fernet, MultiFernet
given = json.load(sys.stdin)
print(MultiFernet([Fernet(given["key"])]).encrypt(given["id"].encode()).decode())`;
    const token = python(program, { key: TEST_SECRETS.SEFARIA_PLUGIN_SECRET, id: '12345' }).trim();
    const created = await client.post('/plugin_user/', { sefaria_id: token });
    expect(created.body).toEqual({ id: expect.any(Number), sefaria_id: '12345' });
    const updated = await client.call('PUT', '/plugin_user/', { headers: header(token), json: { name: 'Rivka' } });
    expect(updated.status).toBe(200);
    expect((await client.get('/plugin_user/', header(token))).body).toMatchObject({
      sefaria_id: '12345',
      name: 'Rivka',
    });
  });
});
