import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import vectors from '../../test/vectors/lernito-signatures.json';
import { verifySignature, verifyTimestamp, type SignedBody } from './lernito-signature.rules';
import { parsePythonJson } from './python-json/python-json';

function received(text: string): SignedBody {
  const raw = Buffer.from(text, 'utf8');
  return { raw, document: parsePythonJson(raw) };
}

const README = JSON.stringify({
  email: 'test@example.com',
  name: 'Test',
  family: 'User',
  username: 'testuser',
  courseIds: ['course-v1:edX+DemoX+Demo_Course'],
});
const JOSE = JSON.stringify({
  email: 'josé@example.com',
  name: 'José 😀',
  family: 'O\'Néill/"q"',
  username: 'u',
  courseIds: ['course-v1:A+B+C', 'course-v1:A+B+D'],
});

describe('verifySignature', () => {
  describe.each(vectors)('$description', ({ secret, body, ...signatures }) => {
    it.each([
      ['raw', signatures.signature_raw],
      ['compact', signatures.signature_compact],
      ['spaced', signatures.signature_spaced],
    ])('%s form', (form, signature) => {
      expect(verifySignature([secret], received(body), signature)).toEqual({ ok: true, form, secretIndex: 0 });
      expect(verifySignature([`${secret}x`], received(body), signature)).toEqual({ ok: false });
    });
  });

  it.each([
    ['compact', README, '5fb3ee816aeedbae708a9284d54134a82231381a4685ca52e1fb47eab9a5078d'],
    ['spaced', README, '8b508eef931e72eb59abb54d8f314d02d9725debf22d46d7d410e8f01efc933d'],
    ['compact', JOSE, '28597db312e9f03559f8e80ede7f1c7f27706091f1808c0cd35cc055a1e17b1f'],
    ['spaced', JOSE, 'b01f394e0f962cd5b639c2a5687a6c0d4e73c90a01ae5584451290fce88d2c4f'],
  ])("the old server's own signature, %s form", (form, body, signature) => {
    expect(verifySignature(['test-secret'], received(body), signature)).toEqual({ ok: true, form, secretIndex: 0 });
  });

  const body = received(README);
  const signature = createHmac('sha256', 'second').update(body.raw).digest('hex');

  it('tries every secret and tells which', () => {
    expect(verifySignature(['first', 'second'], body, signature)).toEqual({ ok: true, form: 'raw', secretIndex: 1 });
    expect(verifySignature(['first'], body, signature)).toEqual({ ok: false });
    expect(verifySignature([], body, signature)).toEqual({ ok: false });
  });

  it('takes hex in either case', () => {
    expect(verifySignature(['second'], body, signature.toUpperCase()).ok).toBe(true);
  });

  it.each([
    undefined,
    '',
    signature.slice(1),
    `${signature}0`,
    `sha256=${signature}`,
    `${signature}, ${signature}`,
    `${signature}\n`,
    signature.replace(/^./, 'g'),
    signature.replace(/^./, 'é'),
    '\u0660'.repeat(64),
    '0'.repeat(64),
  ])('is no for a header like %j, without a throw', (header) => {
    expect(verifySignature(['second'], body, header)).toEqual({ ok: false });
  });

  it('covers every byte of the raw form', () => {
    expect(verifySignature(['second'], received(`${README} `), signature)).toEqual({ ok: false });
  });
});

describe('verifyTimestamp', () => {
  const raw = Buffer.from(README);
  const T = 1_740_830_400;
  const at = (seconds: number) => new Date((T + seconds) * 1000);
  const digest = (t: number | string, secret = 'secret') =>
    createHmac('sha256', secret).update(`${t}.`).update(raw).digest('hex');
  const header = `t=${T},v1=${digest(T)}`;

  it('is good for five minutes, either way', () => {
    expect(verifyTimestamp(['secret'], raw, header, at(0))).toEqual({ ok: true, signedAt: at(0), secretIndex: 0 });
    expect(verifyTimestamp(['secret'], raw, header, at(300)).ok).toBe(true);
    expect(verifyTimestamp(['secret'], raw, header, at(301))).toEqual({ ok: false, reason: 'stale' });
    expect(verifyTimestamp(['secret'], raw, header, at(-300)).ok).toBe(true);
    expect(verifyTimestamp(['secret'], raw, header, at(-301))).toEqual({ ok: false, reason: 'future' });
  });

  it('binds the time and the body, and says nothing about the time of a forged one', () => {
    const forged = { ok: false, reason: 'signature' };
    expect(verifyTimestamp(['secret'], raw, `t=${T + 9},v1=${digest(T)}`, at(9999))).toEqual(forged);
    expect(verifyTimestamp(['secret'], Buffer.from('{}'), header, at(0))).toEqual(forged);
    expect(verifyTimestamp(['other'], raw, header, at(0))).toEqual(forged);
    expect(verifyTimestamp([], raw, header, at(0))).toEqual(forged);
  });

  it('takes several digests and several secrets, for rotation', () => {
    const two = `t=${T}, v1=${digest(T, 'gone')},v1=${digest(T).toUpperCase()}`;
    expect(verifyTimestamp(['new', 'secret'], raw, two, at(0))).toMatchObject({ ok: true, secretIndex: 1 });
  });

  it.each([
    '',
    `t=${T}`,
    `v1=${digest(T)}`,
    `t=${T},v1=`,
    `t=${T},v1=${digest(T)}0`,
    `t=-1,v1=${digest('-1')}`,
    `t=1e9,v1=${digest('1e9')}`,
    `t=${'9'.repeat(400)},v1=${digest(T)}`,
    `t=${T},v1=${digest(T)},v2=x`,
    `t=${T}${`,v1=${digest(T)}`.repeat(6)}`,
    'x'.repeat(100_000),
  ])('is malformed (%#)', (malformed) => {
    expect(verifyTimestamp(['secret'], raw, malformed, at(0))).toEqual({ ok: false, reason: 'malformed' });
  });
});

describe('the golden vectors of docs/integrators.md', () => {
  const manual = readFileSync(resolve(__dirname, '../../docs/integrators.md'), 'utf8');
  const vectors = Array.from(manual.matchAll(/```golden\n(.+?)```/gs), ([, block = '']) =>
    Object.fromEntries(Array.from(block.matchAll(/^(\w+) +(.+)$/gm), ([, name, value]) => [name, value])),
  ) as Record<'secret' | 'body' | 'raw' | 'compact' | 'spaced' | 'timestamp', string>[];

  it('are some', () => {
    expect(vectors.length).toBeGreaterThanOrEqual(3);
  });

  it.each(vectors)('are right: $body', ({ secret, body, timestamp, ...signatures }) => {
    for (const [form, signature] of Object.entries(signatures)) {
      expect(verifySignature([secret], received(body), signature)).toEqual({ ok: true, form, secretIndex: 0 });
    }
    const at = new Date(1_740_830_400_000);
    expect(verifyTimestamp([secret], Buffer.from(body), timestamp, at)).toMatchObject({ ok: true, signedAt: at });
  });
});
