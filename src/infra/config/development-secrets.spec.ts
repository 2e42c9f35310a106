import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { developmentSecrets } from './development-secrets';

let dataDir: string;
const path = (): string => join(dataDir, 'secrets.json');
const write = (secrets: object): void => writeFileSync(path(), JSON.stringify(secrets), { mode: 0o600 });

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'guildhall-secrets-'));
});

afterEach(() => rmSync(dataDir, { recursive: true }));

describe('development secrets', () => {
  it('look like what they stand for, and are another set on every machine', () => {
    const secrets = developmentSecrets(dataDir);
    expect(secrets.RAZORPAY_KEY_ID).toMatch(/^rzp_test_[0-9a-f]{14}$/);
    expect(secrets.RAZORPAY_KEY_SECRET).toMatch(/^[0-9a-f]{24}$/);
    expect(secrets.RAZORPAY_WEBHOOK_SECRET.length).toBeGreaterThanOrEqual(32);
    expect(secrets.SEFARIA_PLUGIN_SECRET).toMatch(/^[\w-]{43}=$/);
    expect(new Set(Object.values(secrets)).size).toBe(Object.keys(secrets).length);
    rmSync(path());
    expect(developmentSecrets(dataDir).RAZORPAY_KEY_SECRET).not.toBe(secrets.RAZORPAY_KEY_SECRET);
  });

  it('of an older release get the new names and keep the others', () => {
    const older = { JWT_SECRET: 'j'.repeat(48), FIELD_ENCRYPTION_KEY: 'f'.repeat(48), OF_ANOTHER_TIME: 'kept' };
    write(older);
    const secrets = developmentSecrets(dataDir);
    expect(secrets).toMatchObject(older);
    expect(secrets.RAZORPAY_KEY_ID).toMatch(/^rzp_test_/);
    expect(JSON.parse(readFileSync(path(), 'utf8'))).toEqual(secrets);
    expect(statSync(path()).mode & 0o777).toBe(0o600);
    expect(readdirSync(dataDir)).toEqual(['secrets.json']);
    expect(developmentSecrets(dataDir)).toEqual(secrets);
  });

  it('are completed alike by workers that start together', () => {
    const older = { JWT_SECRET: 'j'.repeat(48) };
    write(older);
    const first = developmentSecrets(dataDir);
    write(older);
    expect(developmentSecrets(dataDir)).toEqual(first);
    write({ JWT_SECRET: 'k'.repeat(48) });
    expect(developmentSecrets(dataDir).RAZORPAY_KEY_SECRET).not.toBe(first.RAZORPAY_KEY_SECRET);
  });

  it('are not guessed at where the file holds no secret to make them of', () => {
    write({});
    expect(() => developmentSecrets(dataDir)).toThrow('JWT_SECRET');
  });
});
