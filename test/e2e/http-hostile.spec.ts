import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { httpApp, type TestApp } from './http.kit';

let http: TestApp;
let port: number;

beforeAll(async () => {
  http = await httpApp({ RATE_LIMITS: 'off' });
  await http.app.listen(0, '127.0.0.1');
  port = (http.app.getHttpServer().address() as AddressInfo).port;
});
afterAll(() => http.app.close());

/** Sends bytes as they are and gives all that came back before the connection ended. */
function send(...chunks: readonly (string | Buffer)[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let answer = '';
    socket.on('data', (data) => (answer += data.toString('latin1')));
    socket.on('close', () => resolve(answer));
    socket.on('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ECONNRESET' ? resolve(answer) : reject(error),
    );
    for (const chunk of chunks) socket.write(chunk);
  });
}

const CLOSE = 'Host: x\r\nConnection: close\r\n';
const JSON_TYPE = 'Content-Type: application/json\r\n';

/** The statuses of all answers on one connection. */
const statuses = (answer: string): number[] =>
  [...answer.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, code]) => Number(code));

function bodyOf(answer: string): unknown {
  return JSON.parse(answer.slice(answer.indexOf('\r\n\r\n') + 4));
}

describe('bytes that are no request', () => {
  it.each([
    ['nonsense', 'nonsense\r\n\r\n', 400, 'bad_request'],
    ['TLS', Buffer.from('16030100', 'hex').toString('latin1').repeat(20), 400, 'bad_request'],
    ['a length that is none', `POST /drf/things HTTP/1.1\r\n${CLOSE}Content-Length: abc\r\n\r\n`, 400, 'bad_request'],
    ['a negative length', `POST /drf/things HTTP/1.1\r\n${CLOSE}Content-Length: -5\r\n\r\n`, 400, 'bad_request'],
    [
      'two lengths',
      `POST /drf/things HTTP/1.1\r\n${CLOSE}Content-Length: 1\r\nContent-Length: 2\r\n\r\nab`,
      400,
      'bad_request',
    ],
    [
      'a length beside chunks',
      `POST /drf/things HTTP/1.1\r\n${CLOSE}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      400,
      'bad_request',
    ],
    ['a header with a null', `GET /drf/things HTTP/1.1\r\n${CLOSE}X: a\0b\r\n\r\n`, 400, 'bad_request'],
    [
      'endless headers',
      `GET /drf/things HTTP/1.1\r\n${CLOSE}X: ${'x'.repeat(20_000)}\r\n\r\n`,
      431,
      'headers_too_large',
    ],
    ['an endless path', `GET /${'x'.repeat(20_000)} HTTP/1.1\r\n${CLOSE}\r\n`, 431, 'headers_too_large'],
  ])('%s: a plain problem', async (_, bytes, status, code) => {
    const answer = await send(Buffer.from(bytes, 'latin1'));
    expect(statuses(answer)).toEqual([status]);
    expect(answer).toMatch(/^Content-Type: application\/problem\+json\r$/m);
    expect(answer).toMatch(/^X-Request-Id: [0-9a-f]{16}-\w+\r$/m);
    expect(bodyOf(answer)).toMatchObject({ status, code, type: `urn:guildhall:problem:${code}` });
  });
});

describe('strange requests', () => {
  it.each([
    ['a method of its own', `BREW /drf/things HTTP/1.1\r\n${CLOSE}\r\n`, 400],
    ['no version', 'GET /\r\n\r\n', 404],
    ['OPTIONS of the whole server', `OPTIONS * HTTP/1.1\r\n${CLOSE}\r\n`, 404],
    ['a path without a slash', `GET drf/things HTTP/1.1\r\n${CLOSE}\r\n`, 400],
    ['an absolute URL', `GET http://other.example/drf/things HTTP/1.1\r\n${CLOSE}\r\n`, 200],
    ['an absolute URL of another kind', `GET ftp://other.example/drf/things HTTP/1.1\r\n${CLOSE}\r\n`, 404],
    ['no host', 'GET /drf/things HTTP/1.1\r\nConnection: close\r\n\r\n', 400],
    ['HTTP 1.0', 'GET /drf/things HTTP/1.0\r\n\r\n', 200],
    ['latin1 in the path', `GET /drf/\xe9 HTTP/1.1\r\n${CLOSE}\r\n`, 400],
    ['a null in the path', `GET /drf/things/fail/%00 HTTP/1.1\r\n${CLOSE}\r\n`, 409],
    ['a wish that can not be met', `POST /drf/things HTTP/1.1\r\n${CLOSE}Expect: miracles\r\n\r\n`, 417],
    ['CONNECT', `CONNECT /drf/things HTTP/1.1\r\n${CLOSE}\r\n`, undefined],
    [
      'an upgrade',
      `GET /drf/things HTTP/1.1\r\nHost: x\r\nConnection: close, Upgrade\r\nUpgrade: websocket\r\n\r\n`,
      200,
    ],
    [
      'a repeated content type',
      `POST /drf/things HTTP/1.1\r\n${CLOSE}${JSON_TYPE}Content-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}`,
      400,
    ],
    [
      'an unknown transfer coding',
      `POST /drf/things HTTP/1.1\r\n${CLOSE}${JSON_TYPE}Transfer-Encoding: gzip\r\n\r\n`,
      400,
    ],
  ])('%s: %#', async (_, bytes, status) => {
    const answer = await send(Buffer.from(bytes, 'latin1'));
    expect(statuses(answer)).toEqual(status === undefined ? [] : [status]);
    expect(answer).not.toMatch(/node_modules|\bat \w+ \(/);
  });

  it('a body shorter than it says is no request at all', async () => {
    const socket = connect(port, '127.0.0.1');
    socket.end(`POST /drf/things HTTP/1.1\r\n${CLOSE}${JSON_TYPE}Content-Length: 100\r\n\r\n{"name":`);
    await new Promise((resolve) => socket.on('close', resolve).resume());
    expect((await http.app.inject('/drf/things')).statusCode).toBe(200);
    expect(http.log.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('chunks are read as one body, and have its limit', async () => {
    const head = `POST /drf/things HTTP/1.1\r\n${CLOSE}${JSON_TYPE}Transfer-Encoding: chunked\r\n\r\n`;
    expect(statuses(await send(head, '8\r\n{"name":\r\n', '4\r\n"A"}\r\n', '0\r\n\r\n'))).toEqual([201]);
    const chunk = `10000\r\n${'x'.repeat(65_536)}\r\n`;
    expect(statuses(await send(head, ...Array<string>(17).fill(chunk), '0\r\n\r\n'))).toEqual([413]);
  });

  it('what follows a request on its connection is answered too', async () => {
    const get = 'GET /drf/things HTTP/1.1\r\nHost: x\r\n\r\n';
    const last = `GET /nowhere HTTP/1.1\r\n${CLOSE}\r\n`;
    expect(statuses(await send(get, get, last))).toEqual([200, 200, 404]);
    expect(statuses(await send(get, 'nonsense\r\n\r\n'))).not.toContain(500);
  });
});

describe('hostile headers', () => {
  it.each([
    ['cookie', 'a=%; =; ;;; __proto__=x; b'],
    ['cookie', 'x'.repeat(8_000)],
    ['authorization', 'Bearer'],
    ['accept', ';;;,,,'],
    ['content-type', ';'],
    ['content-type', 'application/json;charset='],
    ['origin', 'x'.repeat(5_000)],
    ['x-request-id', '%0d%0aSet-Cookie: a=b'],
    ['x-forwarded-for', '\u00ff'],
    ['host', ']['],
    ['if-none-match', '"'],
    ['range', 'bytes=-'],
  ])('%s: %s', async (name, value) => {
    for (const url of ['/drf/things', '/nowhere']) {
      for (const method of ['GET', 'POST'] as const) {
        const answer = await http.app.inject({ method, url, headers: { [name]: value }, payload: undefined });
        expect(answer.statusCode).toBeLessThan(500);
        expect(answer.headers).not.toHaveProperty('set-cookie');
      }
    }
  });
});

it('an answer that breaks off half way breaks its connection', async () => {
  const answer = await send(`GET /drf/things/broken-off HTTP/1.1\r\n${CLOSE}\r\n`);
  expect(answer).toMatch(/^HTTP\/1\.1 200 /);
  expect(answer).not.toContain('0\r\n\r\n');
  expect(http.log).toContainEqual(
    expect.objectContaining({ level: 'error', msg: 'GET /drf/things/broken-off failed' }),
  );
});

it('a client that dribbles is cut off, and a kept connection outlives those of nginx', () => {
  expect(http.app.getHttpServer()).toMatchObject({
    headersTimeout: 15_000,
    requestTimeout: 30_000,
    keepAliveTimeout: 65_000,
  });
});
