import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { addressesOf } from './name-lookup';

const TYPES = { 1: Buffer.from([192, 0, 2, 7]), 28: Buffer.from('20010db8000000000000000000000007', 'hex') } as const;

let server: Socket;
let servers: string[];
let questions = 0;
/** How to answer, at last, what was asked for `silent` names, by the question. */
const held = new Map<string, () => void>();

/** Knows `known.test`, and `four.test` by IPv4 alone. */
function answer(query: Buffer): Buffer {
  const text = query.toString('latin1');
  const type = query.readUInt16BE(query.length - 4);
  const data = type === 1 || type === 28 ? TYPES[type] : undefined;
  const isKnown = text.includes('known') || text.includes('four');
  const has = isKnown && data !== undefined && !(text.includes('four') && type === 28);
  const head = Buffer.from(query.subarray(0, 12));
  head.writeUInt16BE(isKnown ? 0x8180 : 0x8183, 2);
  head.writeUInt16BE(has ? 1 : 0, 6);
  if (!has) return Buffer.concat([head, query.subarray(12)]);
  const record = Buffer.from([0xc0, 12, 0, type, 0, 1, 0, 0, 0, 60, 0, data.length]);
  return Buffer.concat([head, query.subarray(12), record, data]);
}

beforeAll(async () => {
  server = createSocket('udp4', (query, { port, address }) => {
    questions += 1;
    const reply = (): void => server.send(answer(query), port, address);
    const text = query.toString('latin1');
    if (text.includes('silent')) held.set(text, reply);
    else reply();
  }).bind(0, '127.0.0.1');
  await once(server, 'listening');
  servers = [`127.0.0.1:${server.address().port}`];
});

afterAll(() => server.close());

it('finds the addresses of both families, or of one', async () => {
  const four = { address: '192.0.2.7', family: 4 };
  expect(await addressesOf('known.test', servers)).toEqual([four, { address: '2001:db8::7', family: 6 }]);
  expect(await addressesOf('four.test', servers)).toEqual([four]);
});

it('says where nobody knows the name', async () => {
  await expect(addressesOf('nobody.test', servers)).rejects.toMatchObject({ code: 'ENOTFOUND' });
  await expect(addressesOf(`${'a'.repeat(64)}.test`, servers)).rejects.toMatchObject({ code: expect.any(String) });
});

it.each(['localhost', 'LOCALHOST.', 'a.localhost'])('asks nobody for %s', async (name) => {
  const before = questions;
  expect((await addressesOf(name, servers)).map(({ address }) => address)).toEqual(['127.0.0.1', '::1']);
  expect(questions).toBe(before);
});

it('asks for any number of names at once, so that those without an answer hold nobody up', async () => {
  const silent = Array.from({ length: 20 }, (_, index) => addressesOf(`silent${index}.test`, servers));
  const ends = Promise.allSettled(silent);
  const asked = () => new Set([...held.keys()].map((query) => /silent\d+/.exec(query)?.[0])).size;
  while (asked() < silent.length) await once(server, 'message');
  expect(await addressesOf('known.test', servers)).toHaveLength(2);
  for (const reply of held.values()) reply();
  for (const end of await ends) expect(end.status).toBe('rejected');
});

it('gives up a name that is never answered', async () => {
  const error: unknown = await addressesOf('silent.test', servers).catch((fault: unknown) => fault);
  expect(['ETIMEOUT', 'ECANCELLED']).toContain((error as { code: string }).code);
});
