import { request } from 'node:http';
import { connect } from 'node:net';
import fc from 'fast-check';
import { Fernet } from '../../src/infra/crypto/fernet';
import { startTestApp, type TestApp } from '../setup/test-app';
import { TEST_SECRETS } from '../setup/test-settings';

/** Whatever is sent, the answer is the contract's: never a 5xx, always one `error` text. */
let app: TestApp;
let port: number;

const fernet = new Fernet([TEST_SECRETS.SEFARIA_PLUGIN_SECRET]);
/** Of a user that may be deleted on the way. */
const token = fernet.encrypt('5', new Date());
/** Of one that nobody deletes. */
const kept = fernet.encrypt('6', new Date());

beforeAll(async () => {
  app = await startTestApp();
  port = Number(new URL(await app.url()).port);
  for (const sefariaId of [token, kept]) {
    const created = await send('POST', {}, Buffer.from(JSON.stringify({ sefaria_id: sefariaId })));
    expect(created.status).toBe(201);
  }
});

interface Answer {
  readonly status: number;
  readonly text: string;
}

function send(method: string, headers: Record<string, string | string[]>, body?: Uint8Array): Promise<Answer> {
  return new Promise((resolve, reject) => {
    // Node frames no body of a DELETE by itself.
    const framed = body === undefined ? headers : { ...headers, 'content-length': String(body.length) };
    const call = request({ host: '127.0.0.1', port, method, path: '/plugin_user/', headers: framed }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }));
    });
    call.on('error', reject);
    call.end(body);
  });
}

function expectContract({ status, text }: Answer): void {
  expect(status).toBeLessThan(500);
  if (status < 400) return;
  expect(Object.keys(JSON.parse(text) as object)).toEqual(['error']);
}

const METHOD = fc.constantFrom('GET', 'PUT', 'DELETE', 'POST');
/** What Node lets a client put into a header. */
const HEADER = fc.oneof(
  fc.string({
    unit: fc
      .integer({ min: 0x20, max: 0xff })
      .filter((code) => code !== 0x7f)
      .map((code) => String.fromCharCode(code)),
  }),
  fc.base64String({ maxLength: 300 }),
  fc.integer({ min: 0, max: token.length }).map((end) => token.slice(0, end)),
  fc.string({ maxLength: 60 }).map((payload) => fernet.encrypt(payload, new Date())),
  fc.constant(token),
);
/** Members by which some library might mistake an answer for something else. */
const AWKWARD = ['name', 'id', 'sefaria_id', '__proto__', 'toJSON', 'then', 'statusCode', 'error', 'pipe', 'subscribe'];
const BODY = fc.oneof(
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  fc.json({ maxDepth: 4 }).map((text) => Buffer.from(text)),
  fc
    .dictionary(fc.oneof(fc.constantFrom(...AWKWARD), fc.string()), fc.jsonValue())
    .map((object) => Buffer.from(JSON.stringify(object))),
  fc.jsonValue().map((value) => Buffer.from(JSON.stringify({ sefaria_id: value }))),
  fc
    .string({ unit: 'binary', maxLength: 300 })
    .map((text) => Buffer.from(JSON.stringify({ sefaria_id: text, name: text }))),
);
const TYPE = fc.oneof(
  fc.constantFrom('application/json', 'application/json; charset=utf-16', 'text/plain', ';', 'a/b;c'),
  HEADER,
);

it('any token, plugin, type and body', async () => {
  await fc.assert(
    fc.asyncProperty(
      METHOD,
      HEADER,
      fc.option(HEADER),
      fc.option(TYPE),
      BODY,
      async (method, id, plugin, type, body) => {
        const headers = {
          'plugin-user-id': id,
          ...(plugin !== null && { 'plugin-id': plugin }),
          ...(type !== null && { 'content-type': type }),
        };
        expectContract(await send(method, headers, method === 'GET' ? undefined : body));
      },
    ),
    { numRuns: 400 },
  );
});

it('any body of a genuine user', async () => {
  const headers = { 'plugin-user-id': kept, 'content-type': 'application/json' };
  await fc.assert(
    fc.asyncProperty(BODY, async (body) => {
      expectContract(await send('PUT', headers, body));
      const { status, text } = await send('GET', headers);
      expect([status, typeof JSON.parse(text)]).toEqual([200, 'object']);
    }),
    { numRuns: 300 },
  );
});

it.each([
  ['depth', '['.repeat(500_000)],
  ['depth that ends', `{"a":${'['.repeat(400_000)}${']'.repeat(400_000)}}`],
  ['depth in a token', `{"sefaria_id":${'['.repeat(400_000)}${']'.repeat(400_000)}}`],
  ['length', `{"a":"${'x'.repeat(1_000_000)}"}`],
  ['a long token', `{"sefaria_id":"${'='.repeat(900_000)}a"}`],
  ['many fields', JSON.stringify(Object.fromEntries(Array.from({ length: 50_000 }, (_, i) => [`f${i}`, i])))],
])('%s', async (_, body) => {
  for (const method of ['POST', 'PUT', 'DELETE'] as const) {
    const headers = { 'content-type': 'application/json', 'plugin-user-id': method === 'DELETE' ? 'x' : kept };
    const answer = await send(method, headers, Buffer.from(body));
    expectContract(answer);
    expect(answer.status).toBe(400);
  }
});

it('more than 1 MiB is refused', async () => {
  const answer = await send('POST', { 'content-type': 'application/json' }, Buffer.alloc(1_100_000, 0x20));
  expectContract(answer);
  expect(answer.status).toBe(413);
});

it('headers twice', async () => {
  expectContract(await send('GET', { 'plugin-user-id': [token, token] }));
  expectContract(await send('GET', { 'plugin-user-id': token, 'plugin-id': ['1', '1'] }));
});

it('bytes that Node would not send', async () => {
  for (const line of [
    'Plugin-User-Id: \x80\xff\xfe',
    'Plugin-User-Id:',
    `Plugin-Id: \xd8\x00`,
    'Plugin-User-Id: a\tb',
  ]) {
    const text = await raw(`GET /plugin_user/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${line}\r\n\r\n`);
    expect(text).toMatch(/^HTTP\/1\.1 4\d\d /);
  }
});

function raw(bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(Buffer.from(bytes, 'latin1')));
    let text = '';
    socket.on('data', (chunk) => (text += chunk.toString('latin1')));
    socket.on('end', () => resolve(text));
    socket.on('error', reject);
  });
}
