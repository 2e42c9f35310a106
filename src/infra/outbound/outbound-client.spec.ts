import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Settings } from '../config/settings';
import type { UnitOfWork } from '../database/unit-of-work';
import { OutboundClient } from './outbound-client';
import type { OutboundFault } from './outbound-fault';

let server: Server;
let origin: string;
let answer: (request: IncomingMessage, response: ServerResponse) => void;
let asked = 0;

beforeAll(async () => {
  server = createServer((request, response) => {
    asked += 1;
    answer(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

beforeEach(() => {
  asked = 0;
  answer = (_, response) => void response.end('fine');
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const outside = { refuseInside: () => undefined } as unknown as UnitOfWork;
const client = (...outboundAllow: string[]) => new OutboundClient({ outboundAllow } as unknown as Settings, outside);
const post = (url: string, allow = ['127.0.0.0/8'], timeoutMs?: number) =>
  client(...allow).call({ method: 'POST', url, headers: { 'x-test': 'a' }, body: '{"é":1}', timeoutMs });

async function refusal(call: () => Promise<unknown>): Promise<string> {
  try {
    await call();
  } catch (error) {
    return (error as OutboundFault).reason;
  }
  return 'none';
}

it('sends what it is given, and reads the answer', async () => {
  answer = (request, response) => {
    void text(request).then((body) => {
      response.statusCode = 202;
      response.end(JSON.stringify([request.method, request.url, request.headers['x-test'], body]));
    });
  };
  const { status, body } = await post(`${origin}/a?b=c`);
  expect([status, JSON.parse(body)]).toEqual([202, ['POST', '/a?b=c', 'a', '{"é":1}']]);
});

it('goes where a redirect leads no more than anywhere else', async () => {
  answer = (_, response) => void response.writeHead(307, { location: `${origin}/elsewhere` }).end();
  expect(await post(origin)).toEqual({ status: 307, body: '' });
  expect(asked).toBe(1);
});

it('reads no more than 64 KiB', async () => {
  answer = (_, response) => {
    const more = (): void => {
      while (!response.destroyed && response.write('x'.repeat(10_000)));
    };
    response.on('drain', more);
    more();
  };
  expect((await post(origin)).body).toBe('x'.repeat(65_536));
});

it('does not wait for ever', async () => {
  answer = () => undefined;
  expect(await refusal(() => post(origin, undefined, 50))).toBe('timeout');
  answer = (_, response) => void response.write('begun');
  expect(await refusal(() => post(origin, undefined, 50))).toBe('timeout');
});

it('does not wait for who changes the protocol and says no more', async () => {
  answer = (_, response) => {
    response.socket?.write('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n');
  };
  expect(await refusal(() => post(origin, undefined, 5_000))).toBe('answer');
});

it('says where nobody answers', async () => {
  answer = (_, response) => void response.destroy();
  expect(await refusal(() => post(origin))).toBe('connection');
  expect(await refusal(() => post('https://name.invalid/'))).toBe('connection');
});

it.each([
  ['a private address', () => origin.replace('http:', 'https:'), [], 'address'],
  ['a name of one', () => `https://localhost:${new URL(origin).port}/`, [], 'address'],
  ['one as a number', () => 'https://2130706433/', [], 'address'],
  ['one in octal digits', () => 'https://0177.0.0.1/', [], 'address'],
  ['one in hexadecimal digits', () => 'https://0x7f.1/', [], 'address'],
  ['no address', () => 'https://0.0.0.0/', [], 'address'],
  ['one with a dot behind it', () => 'https://127.0.0.1./', [], 'address'],
  ['one in wide digits', () => 'https://１２７.０.０.１/', [], 'address'],
  ['one as IPv6', () => 'https://[::ffff:127.0.0.1]/', [], 'address'],
  ['one as IPv6 as it was written once', () => 'https://[::127.0.0.1]/', [], 'address'],
  ['one of a zone', () => 'https://[fe80::1%25lo]/', [], 'url'],
  ['the address of cloud metadata', () => 'https://169.254.169.254/latest/', ['127.0.0.0/8'], 'address'],
  ['plain HTTP', () => origin, [], 'url'],
  ['plain HTTP outside what is allowed', () => 'http://93.184.216.34/', ['127.0.0.0/8'], 'insecure'],
  ['a password in the URL', () => 'https://a:b@example.org/', [], 'url'],
])('refuses %s before anything is sent', async (_, url, allow, reason) => {
  expect(await refusal(() => post(url(), allow))).toBe(reason);
  expect(asked).toBe(0);
});

it('knows of an address before it is called, and of a name only then', () => {
  expect(client().fault('https://169.254.169.254/latest/')).toBe(
    'The URL leads to a private network, which is not called.',
  );
  expect(client('127.0.0.0/8').fault('http://93.184.216.34/')).toBe('The URL must begin with https://.');
  expect(client('127.0.0.0/8').fault(origin)).toBeUndefined();
  expect(client().fault('https://localhost/')).toBeUndefined();
});

it('tells who registers a URL where its name leads now, and nothing of a name that nobody knows', async () => {
  const refused = 'The URL leads to a private network, which is not called.';
  expect(await client().refusal('https://localhost/')).toBe(refused);
  expect(await client().refusal('https://169.254.169.254/latest/')).toBe(refused);
  expect(await client().refusal('http://example.org/')).toBe('The URL must begin with https://.');
  expect(await client('127.0.0.0/8', '::1/128').refusal('http://localhost/')).toBeUndefined();
  expect(await client().refusal('https://name.invalid/')).toBeUndefined();
});
