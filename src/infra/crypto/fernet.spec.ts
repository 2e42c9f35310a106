import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import generateVectors from '../../../test/vectors/fernet-generate.json';
import invalidVectors from '../../../test/vectors/fernet-invalid.json';
import verifyVectors from '../../../test/vectors/fernet-verify.json';
import { describeWithPython, python } from '../../../test/setup/python';
import { Fernet, FernetKey, seal } from './fernet';

const NOW = new Date('2025-03-01T12:00:00.900Z');
const later = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);

function payloadOf(fernet: Fernet, token: string, now = NOW): string | undefined {
  const result = fernet.decrypt(token, now);
  return result.ok ? result.payload.toString('utf8') : undefined;
}

/** The token with its bytes edited and signed again: authentic, but not as Fernet makes them. */
function authentic(secret: string, edit: (signed: Buffer) => Buffer): string {
  const key = FernetKey.parse(secret);
  if (!key) throw new Error('bad key');
  const whole = Buffer.from(seal(key, '12345', Math.floor(NOW.getTime() / 1000), randomBytes(16)), 'base64url');
  const signed = edit(whole.subarray(0, -32));
  return Buffer.concat([signed, key.mac(signed)]).toString('base64url');
}

describe('Fernet: the vectors of the spec', () => {
  it.each(generateVectors)('generates the token for $src', ({ token, now, iv, src, secret }) => {
    const key = FernetKey.parse(secret);
    expect(key && seal(key, src, Date.parse(now) / 1000, Buffer.from(iv))).toBe(token);
  });

  it.each(verifyVectors)('verifies the token for $src', ({ token, now, ttl_sec, src, secret }) => {
    expect(new Fernet([secret]).decrypt(token, new Date(now), ttl_sec)).toEqual({
      ok: true,
      payload: Buffer.from(src),
      issuedAt: new Date('1985-10-26T08:20:00Z'),
      keyIndex: 0,
    });
  });

  const reasons: Record<string, string> = {
    'expired TTL': 'expired',
    'far-future TS (unacceptable clock skew)': 'future',
  };
  it.each(invalidVectors)('refuses: $desc', ({ desc, token, now, ttl_sec, secret }) => {
    const result = new Fernet([secret]).decrypt(token, new Date(now), ttl_sec);
    expect(result).toEqual({ ok: false, reason: reasons[desc] ?? 'invalid' });
  });
});

describe('Fernet', () => {
  const secret = Fernet.generateKey();
  const fernet = new Fernet([secret]);

  it('reads back any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2000 }), (bytes) => {
        const result = fernet.decrypt(fernet.encrypt(bytes, NOW), NOW);
        return result.ok && result.payload.equals(bytes);
      }),
    );
  });

  it('makes tokens of 100 characters for ids, padded, never the same twice', () => {
    const token = fernet.encrypt('12345', NOW);
    expect(token).toMatch(/^gAAAAA[A-Za-z0-9_-]{92}==$/);
    expect(fernet.encrypt('12345', NOW)).not.toBe(token);
  });

  it('refuses every token with one bit flipped', () => {
    const bytes = Buffer.from(fernet.encrypt('12345', NOW), 'base64url');
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const altered = Buffer.from(bytes);
      altered.writeUInt8(altered.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      expect(fernet.decrypt(altered.toString('base64url'), NOW)).toEqual({ ok: false, reason: 'invalid' });
    }
  });

  it('refuses every truncation', () => {
    const token = fernet.encrypt('12345', NOW).replace(/=+$/, '');
    for (let length = 0; length < token.length; length++) {
      expect(payloadOf(fernet, token.slice(0, length))).toBeUndefined();
    }
  });

  it('takes a token with all its padding or with none, and no other text for it', () => {
    const token = fernet.encrypt('12345', NOW);
    const bare = token.replace(/=+$/, '');
    expect(payloadOf(fernet, token)).toBe('12345');
    expect(payloadOf(fernet, bare)).toBe('12345');
    const last = bare.slice(-1);
    const strayBits = bare.slice(0, -1) + String.fromCharCode(last.charCodeAt(0) + 1);
    const others = [`${bare}=`, `${token}=`, ` ${token}`, `${token}\n`, `${token.slice(0, 50)}\n!*${token.slice(50)}`];
    for (const other of [...others, strayBits, `${token}${token}`, token.replace(/[-_A]/, '+')]) {
      expect(payloadOf(fernet, other)).toBeUndefined();
    }
  });

  it('refuses the standard alphabet, though the bytes are right', () => {
    const wide = new Fernet([secret]).encrypt(randomBytes(600), NOW);
    expect(wide).toMatch(/[-_]/);
    expect(fernet.decrypt(wide.replaceAll('-', '+').replaceAll('_', '/'), NOW).ok).toBe(false);
  });

  it.each(['', '=', '==', 'None', 'é'.repeat(100), '\u0000', '12345', 'gAAAAA=='])(
    'refuses other text, without a throw (%#)',
    (token) => {
      expect(fernet.decrypt(token, NOW)).toEqual({ ok: false, reason: 'invalid' });
    },
  );

  it('never throws, for any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => !fernet.decrypt(text, NOW).ok));
  });

  it('bounds what it reads and writes', () => {
    const large = fernet.encrypt(randomBytes(12_000), NOW);
    expect(fernet.decrypt(large, NOW).ok).toBe(true);
    expect(() => fernet.encrypt(randomBytes(13_000), NOW)).toThrow(RangeError);
    const key = FernetKey.parse(secret);
    const authenticButLarge = key && seal(key, randomBytes(13_000), 0, randomBytes(16));
    expect(fernet.decrypt(authenticButLarge ?? '', NOW)).toEqual({ ok: false, reason: 'invalid' });
  });

  it('checks version, blocks and padding of authentic tokens too', () => {
    const edits: ((signed: Buffer) => Buffer)[] = [
      (signed) => (signed.writeUInt8(0x81, 0), signed),
      (signed) => signed.subarray(0, 25),
      (signed) => signed.subarray(0, -1),
      (signed) => (signed.writeUInt8(signed.readUInt8(24) ^ 0xff, 24), signed),
    ];
    for (const edit of edits) {
      expect(fernet.decrypt(authentic(secret, edit), NOW)).toEqual({ ok: false, reason: 'invalid' });
    }
    expect(
      payloadOf(
        fernet,
        authentic(secret, (signed) => signed),
      ),
    ).toBe('12345');
  });
});

describe('Fernet: time', () => {
  const fernet = new Fernet([Fernet.generateKey()]);
  const token = fernet.encrypt('12345', NOW);

  it('without a TTL a token lives for ever', () => {
    expect(fernet.decrypt(token, new Date('2999-01-01')).ok).toBe(true);
  });

  it('expires after, not at, the last second of its TTL', () => {
    expect(fernet.decrypt(token, later(60), 60).ok).toBe(true);
    expect(fernet.decrypt(token, later(61), 60)).toEqual({ ok: false, reason: 'expired' });
    expect(fernet.decrypt(token, later(1), 0)).toEqual({ ok: false, reason: 'expired' });
  });

  it.each([undefined, 60])('allows 60 seconds of skew, with ttl %p', (ttl) => {
    expect(fernet.decrypt(token, later(-60), ttl).ok).toBe(true);
    expect(fernet.decrypt(token, later(-61), ttl)).toEqual({ ok: false, reason: 'future' });
  });

  it('says nothing about the time of a token that is not authentic', () => {
    const other = new Fernet([Fernet.generateKey()]);
    expect(other.decrypt(token, later(10_000), 60)).toEqual({ ok: false, reason: 'invalid' });
    expect(other.decrypt(token, later(-10_000), 60)).toEqual({ ok: false, reason: 'invalid' });
  });

  it('survives the largest timestamp that fits', () => {
    const secret = Fernet.generateKey();
    const key = FernetKey.parse(secret);
    const whole = Buffer.from(key ? seal(key, 'x', 0, randomBytes(16)) : '', 'base64url').subarray(0, -32);
    whole.fill(0xff, 1, 9);
    const forged = Buffer.concat([whole, key ? key.mac(whole) : whole]).toString('base64url');
    expect(new Fernet([secret]).decrypt(forged, NOW, 60)).toEqual({ ok: false, reason: 'future' });
  });
});

describe('Fernet: key lists', () => {
  const [newest, middle, oldest] = [Fernet.generateKey(), Fernet.generateKey(), Fernet.generateKey()];
  const ring = new Fernet([newest, middle, oldest]);

  it('encrypts with the newest, decrypts with all, and tells which', () => {
    expect(payloadOf(new Fernet([newest]), ring.encrypt('12345', NOW))).toBe('12345');
    [newest, middle, oldest].forEach((key, keyIndex) => {
      expect(ring.decrypt(new Fernet([key]).encrypt('12345', NOW), NOW)).toMatchObject({ ok: true, keyIndex });
    });
    expect(ring.decrypt(new Fernet([Fernet.generateKey()]).encrypt('12345', NOW), NOW).ok).toBe(false);
  });

  it('generates keys as Python does: 44 characters, 32 bytes', () => {
    expect(newest).toMatch(/^[A-Za-z0-9_-]{43}=$/);
    expect(new Set([newest, middle, oldest]).size).toBe(3);
  });

  it('takes a key in either alphabet, padded or not', () => {
    const bytes = Buffer.alloc(32, 0xfb);
    const token = new Fernet([bytes.toString('base64')]).encrypt('12345', NOW);
    expect(payloadOf(new Fernet([bytes.toString('base64url')]), token)).toBe('12345');
  });

  it.each([
    [''],
    ['short'],
    [Fernet.generateKey().slice(0, 42)],
    [`${Fernet.generateKey()}A`],
    [` ${Fernet.generateKey()}`],
    [Buffer.alloc(33).toString('base64')],
  ])('refuses a malformed key, and does not repeat it', (key) => {
    expect(() => new Fernet([Fernet.generateKey(), key])).toThrow(/^Fernet key 2 must be 32 url-safe base64/);
  });

  it('refuses an empty list', () => {
    expect(() => new Fernet([])).toThrow(RangeError);
  });
});

interface NpmFernet {
  Secret: new (key: string) => unknown;
  Token: new (options: { secret: unknown; token?: string; message?: string; time?: string; ttl?: number }) => {
    encode(): string;
    decode(): string;
  };
}

describe('Fernet: the npm package as an oracle for valid tokens', () => {
  const oracle = jest.requireActual<NpmFernet>('fernet');
  const key = Fernet.generateKey();
  const secret = new oracle.Secret(key);
  const ours = new Fernet([key]);
  const messages = ['', '1', '12345', 'é 😀 שלום', 'x'.repeat(1000)];

  it.each(messages)('it reads ours and we read its (%#)', (message) => {
    expect(new oracle.Token({ secret, token: ours.encrypt(message, NOW), ttl: 0 }).decode()).toBe(message);
    const token = new oracle.Token({ secret, message, time: '2025-03-01T12:00:00Z' }).encode();
    expect(payloadOf(ours, token)).toBe(message);
  });
});

describeWithPython('from cryptography.fernet import MultiFernet')("Fernet: Python's cryptography", () => {
  const keys = [Fernet.generateKey(), Fernet.generateKey()];
  const ours = new Fernet(keys);
  const payloads = ['', '1', '12345', 'é 😀 שלום', '\u0000', 'x'.repeat(15), 'x'.repeat(16), 'x'.repeat(5000)];

  it('reads what we write, by either key', () => {
    const program = `
import json, sys
from cryptography.fernet import Fernet, MultiFernet
given = json.load(sys.stdin)
ring = MultiFernet([Fernet(key) for key in given["keys"]])
print(json.dumps([ring.decrypt(token.encode(), ttl=60).decode() for token in given["tokens"]]))`;
    const tokens = payloads.flatMap((payload) => keys.map((key) => new Fernet([key]).encrypt(payload, new Date())));
    const read: unknown = JSON.parse(python(program, { keys, tokens }));
    expect(read).toEqual(payloads.flatMap((payload) => [payload, payload]));
  });

  it('writes what we read, with keys of its own making too', () => {
    const program = `
import json, sys
from cryptography.fernet import Fernet
given = json.load(sys.stdin)
own = Fernet.generate_key().decode()
ring = [Fernet(key) for key in given["keys"] + [own]]
print(json.dumps([own, [[f.encrypt(payload.encode()).decode() for payload in given["payloads"]] for f in ring]]))`;
    const [own, rows] = JSON.parse(python(program, { keys, payloads })) as [string, string[][]];
    const now = new Date();
    rows.forEach((row, keyIndex) => {
      const results = row.map((token) => new Fernet([...keys, own]).decrypt(token, now, 60));
      expect(results).toEqual(
        payloads.map((payload) => expect.objectContaining({ ok: true, payload: Buffer.from(payload), keyIndex })),
      );
    });
    expect(ours.decrypt(rows[2]?.[0] ?? '', now).ok).toBe(false);
  });
});
