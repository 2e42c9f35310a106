import { CompactEncrypt, importJWK } from 'jose';
import { EncryptionKeyService } from '../../../src/auth/encryption/encryption-key.service';
import type { PublicJwk } from '../../../src/auth/encryption/key-pair';
import { Clock } from '../../../src/common/clock';
import { Database, statement } from '../../../src/infra/database/database';
import { MovableClock } from '../../fakes/movable-clock';
import { startTestApp, type TestApp } from '../../setup/test-app';

const ROWS = statement('test.encryption-keys', 'select kid, private_key from encryption_key');

const clock = new MovableClock();
let one: EncryptionKeyService;
let two: EncryptionKeyService;
let app: TestApp;

beforeAll(async () => {
  app = await startTestApp();
  const other = await startTestApp();
  for (const instance of [app, other]) jest.spyOn(instance.get(Clock), 'now').mockImplementation(() => clock.now());
  [one, two] = [app.get(EncryptionKeyService), other.get(EncryptionKeyService)];
});

async function encrypted(text: string, jwk: PublicJwk, header: object = {}): Promise<string> {
  const key = await importJWK({ ...jwk }, 'RSA-OAEP-256');
  return new CompactEncrypt(new TextEncoder().encode(text))
    .setProtectedHeader({ alg: 'RSA-OAEP-256', enc: 'A256GCM', kid: jwk.kid, ...header })
    .encrypt(key);
}

describe('encryption keys', () => {
  it('are made once, though both instances are asked first at the same time, and kept encrypted', async () => {
    const [mine, theirs] = await Promise.all([one.publicKeys(), two.publicKeys(), two.publicKeys()]);
    expect(mine).toEqual([
      {
        kty: 'RSA',
        use: 'enc',
        alg: 'RSA-OAEP-256',
        e: 'AQAB',
        kid: expect.stringMatching(/^[\w-]{43}$/),
        n: expect.stringMatching(/^[\w-]{342}$/),
      },
    ]);
    expect(theirs).toEqual(mine);
    const rows = await app.get(Database).rows<{ private_key: string }>(ROWS);
    expect(rows).toEqual([{ kid: mine[0]!.kid, private_key: expect.stringMatching(/^v1\./) }]);
  });

  it('decrypt on every instance, the older ones until they are retired', async () => {
    const [older] = await one.publicKeys();
    const jwe = await encrypted('déjà vu', older!);
    const { kid } = await two.create();
    const [newest] = await two.publicKeys();
    expect([newest!.kid, (await two.publicKeys()).length]).toEqual([kid, 2]);
    clock.advance(2_000);
    // The other instance has not heard of the new key yet, and looks for it.
    expect(await one.decrypt(await encrypted('new', newest!))).toBe('new');
    expect(await one.decrypt(jwe)).toBe('déjà vu');
    await two.retire(older!.kid);
    clock.advance(31_000);
    for (const keys of [one, two]) await expect(keys.decrypt(jwe)).rejects.toThrow('No key');
    expect((await one.publicKeys()).map((key) => key.kid)).toEqual([kid]);
    await expect(two.retire(older!.kid)).rejects.toThrow('Not found.');
  });

  it('take one kind of JWE only', async () => {
    const [key] = await one.publicKeys();
    expect(await one.decrypt(await encrypted('plain', key!, { kid: undefined }))).toBe('plain');
    await expect(one.decrypt(await encrypted('x', key!, { enc: 'A128GCM' }))).rejects.toThrow('Not our kind');
    await expect(one.decrypt('a.b.c.d.e')).rejects.toThrow();
    const good = await encrypted('x', key!);
    const broken = `${good.slice(0, -4)}${good.endsWith('AAAA') ? 'BBBB' : 'AAAA'}`;
    await expect(one.decrypt(broken)).rejects.toThrow();
  });

  it('that FIELD_ENCRYPTION_KEY no longer opens give way to a new one', async () => {
    const [unreadable] = await one.publicKeys();
    const other = await startTestApp({ FIELD_ENCRYPTION_KEY: 'another-field-key-7d1e9b3f5a2c4608' });
    const [readable] = await other.get(EncryptionKeyService).publicKeys();
    expect(readable?.kid).toBeDefined();
    expect(readable!.kid).not.toBe(unreadable!.kid);
    await other.close();
  });
});
