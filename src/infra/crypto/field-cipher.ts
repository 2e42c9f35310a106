import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const VERSION = 'v1';
const IV_BYTES = 12;
const TAG_BYTES = 16;
const TOKEN = /^v1\.([0-9a-f]{12})\.([A-Za-z0-9_-]+)$/;

interface DerivedKey {
  readonly id: string;
  readonly key: Buffer;
}

export class FieldCipherError extends Error {
  override readonly name = 'FieldCipherError';
}

/**
 * Encrypts single columns at rest: AES-256-GCM, token `v1.<key id>.<base64url of iv, ciphertext, tag>`.
 * The context (such as `plugin_key:17`) is authenticated with it, so that a token copied into another row or column
 * does not decrypt there. The first key encrypts, all of them decrypt; the key id in the token names the one to use.
 */
export class FieldCipher {
  private readonly newest: DerivedKey;
  private readonly keys: ReadonlyMap<string, DerivedKey>;

  /** @param keys texts of any length, newest first; a 32-byte key is derived from each */
  constructor(keys: readonly string[]) {
    const derived = keys.map(derive);
    const newest = derived[0];
    if (!newest) throw new FieldCipherError('FieldCipher needs at least one key');
    this.newest = newest;
    this.keys = new Map(derived.map((key) => [key.id, key]));
  }

  encrypt(text: string, context: string): string {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.newest.key, iv, { authTagLength: TAG_BYTES });
    cipher.setAAD(Buffer.from(context, 'utf8'));
    const sealed = Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return `${VERSION}.${this.newest.id}.${sealed.toString('base64url')}`;
  }

  /** @throws FieldCipherError when the token is not ours, was altered, or belongs to another context */
  decrypt(token: string, context: string): string {
    const [, keyId = '', body = ''] = TOKEN.exec(token) ?? [];
    const sealed = Buffer.from(body, 'base64url');
    if (sealed.length < IV_BYTES + TAG_BYTES) throw new FieldCipherError('Not an encrypted field');
    const key = this.keys.get(keyId);
    if (!key) throw new FieldCipherError(`The field is encrypted with key ${keyId}, which FIELD_ENCRYPTION_KEY lacks`);
    return open(key.key, sealed, context);
  }
}

function open(key: Buffer, sealed: Buffer, context: string): string {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(context, 'utf8'));
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  try {
    const text = decipher.update(sealed.subarray(IV_BYTES, -TAG_BYTES));
    return Buffer.concat([text, decipher.final()]).toString('utf8');
  } catch (cause) {
    throw new FieldCipherError('The encrypted field was altered, or belongs elsewhere', { cause });
  }
}

function derive(text: string): DerivedKey {
  return {
    id: expand(text, 'guildhall field encryption key id', 6).toString('hex'),
    key: expand(text, 'guildhall field encryption key', 32),
  };
}

function expand(text: string, info: string, length: number): Buffer {
  return Buffer.from(hkdfSync('sha256', text, '', info, length));
}
