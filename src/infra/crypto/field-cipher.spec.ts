import { FieldCipher, FieldCipherError } from './field-cipher';

const CONTEXT = 'plugin_key:17';

function flipped(token: string, at: number): string {
  const [version, id, body = ''] = token.split('.');
  const bytes = Buffer.from(body, 'base64url');
  bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
  return `${version}.${id}.${bytes.toString('base64url')}`;
}

describe('FieldCipher', () => {
  const cipher = new FieldCipher(['newest key', 'older key']);

  it.each(['', 'secret', 'ключ 🔑 \u0000', 'x'.repeat(100_000)])('reads back what it wrote (%#)', (text) => {
    expect(cipher.decrypt(cipher.encrypt(text, CONTEXT), CONTEXT)).toBe(text);
  });

  it('writes a versioned token that names its key and never repeats', () => {
    const token = cipher.encrypt('secret', CONTEXT);
    expect(token).toMatch(/^v1\.[0-9a-f]{12}\.[A-Za-z0-9_-]+$/);
    expect(cipher.encrypt('secret', CONTEXT)).not.toBe(token);
    expect(token).not.toContain('secret');
  });

  it('keeps its derivation: a token written once is readable for ever', () => {
    const token =
      'v1.52da140eb07f.NZRjQWeTbjDhwbwI63vWvJo8pFStLY2nQKODH1hjJdj6VMIX7D5t5CuQsLLdO0FWcmhHi-fB26vitVuVOjP3HQ';
    expect(cipher.decrypt(token, CONTEXT)).toBe('a field written by the first release');
  });

  it('reads with every key of the list and writes with the newest', () => {
    const old = new FieldCipher(['older key']).encrypt('secret', CONTEXT);
    expect(cipher.decrypt(old, CONTEXT)).toBe('secret');
    const fresh = cipher.encrypt('secret', CONTEXT);
    expect(new FieldCipher(['newest key']).decrypt(fresh, CONTEXT)).toBe('secret');
    expect(() => new FieldCipher(['older key']).decrypt(fresh, CONTEXT)).toThrow(/FIELD_ENCRYPTION_KEY lacks/);
  });

  it('refuses a token moved to another context', () => {
    const token = cipher.encrypt('secret', CONTEXT);
    expect(() => cipher.decrypt(token, 'plugin_key:18')).toThrow(FieldCipherError);
  });

  it('refuses every altered part: iv, ciphertext, tag', () => {
    const token = cipher.encrypt('secret', CONTEXT);
    for (const at of [0, 11, 12, 17, 18, 33]) {
      expect(() => cipher.decrypt(flipped(token, at), CONTEXT)).toThrow(FieldCipherError);
    }
  });

  it.each(['', 'secret', 'v2.000000000000.AAAA', 'v1.000000000000.AAAA', 'v1..', 'v1.zzz.AAAA'])(
    'refuses what it never wrote: %p',
    (token) => {
      expect(() => cipher.decrypt(token, CONTEXT)).toThrow('Not an encrypted field');
    },
  );

  it('needs a key', () => {
    expect(() => new FieldCipher([])).toThrow(FieldCipherError);
  });
});
