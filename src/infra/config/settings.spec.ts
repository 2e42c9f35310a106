import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadEnvironment, type RawEnvironment } from './environment';
import { loadSettings, SettingsError, type Settings } from './settings';

let dataDir: string;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'guildhall-settings-'));
});

afterEach(() => rmSync(dataDir, { recursive: true }));

const load = (values: RawEnvironment = {}): Settings => loadSettings(loadEnvironment({ DATA_DIR: dataDir, ...values }));

function faultsOf(values: RawEnvironment): readonly string[] {
  try {
    load(values);
  } catch (error) {
    if (error instanceof SettingsError) return error.faults;
    throw error;
  }
  return [];
}

const PRODUCTION = {
  NODE_ENV: 'production',
  DATABASE_URL: 'postgres://u@db/guildhall',
  PUBLIC_URL: 'https://guildhall.example.org',
  JWT_SECRET: 'k3Jd8sLq0Zx7Vb5Nm2Qw9Er4Ty6Ui1Op',
  FIELD_ENCRYPTION_KEY: 'p0Oi9Uy8Tr7Ew6Qa5Sd4Fg3Hj2Kl1ZxV',
};

describe('settings outside production', () => {
  it('need nothing: the embedded database, port 8000 on loopback and generated secrets', () => {
    const settings = load();
    expect(settings).toMatchObject({
      port: 8000,
      host: '127.0.0.1',
      isProduction: false,
      emailVerification: 'mandatory',
    });
    expect(settings.database).toMatchObject({ kind: 'embedded', directory: join(dataDir, 'postgres') });
    expect(settings.publicUrl.href).toBe('http://localhost:8000/');
    expect(settings.sefariaPluginSecrets[0]).toMatch(/^[\w-]{43}=$/);
  });

  it('reuse the generated secrets, which only their owner can read', () => {
    expect(load().jwtSecrets).toEqual(load().jwtSecrets);
    expect(statSync(join(dataDir, 'secrets.json')).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(join(dataDir, 'secrets.json'), 'utf8'))).toHaveProperty('LERNITO_WEBHOOK_SECRET');
  });

  it('let a given secret win over a generated one, as a list or from a file', () => {
    writeFileSync(join(dataDir, 'lernito'), 'newest-one, older-one\n');
    const settings = load({ JWT_SECRET: 'given', LERNITO_WEBHOOK_SECRET_FILE: join(dataDir, 'lernito') });
    expect(settings.jwtSecrets).toEqual(['given']);
    expect(settings.lernitoWebhookSecrets).toEqual(['newest-one', 'older-one']);
  });

  it('warn of an example secret, and refuse a leaked one even here', () => {
    expect(load({ LERNITO_WEBHOOK_SECRET: '123456' }).warnings.join()).toContain('LERNITO_WEBHOOK_SECRET');
  });
});

describe('settings in production', () => {
  it('start with the four that are always needed', () => {
    expect(load(PRODUCTION)).toMatchObject({ isProduction: true, host: '0.0.0.0', lernitoWebhookSecrets: [] });
  });

  it('name every fault at once, and never a value', () => {
    const faults = faultsOf({
      NODE_ENV: 'production',
      JWT_SECRET: 'changeme',
      LERNITO_WEBHOOK_SECRET: '123456',
      RATE_LIMITS: 'off',
      PORT: 'http',
      GOOGLE_CLIENT_ID: 'id-without-secret',
    });
    for (const name of [
      'DATABASE_URL',
      'PUBLIC_URL',
      'JWT_SECRET',
      'FIELD_ENCRYPTION_KEY',
      'LERNITO_WEBHOOK_SECRET',
      'RATE_LIMITS',
      'PORT',
      'GOOGLE_CLIENT_SECRET',
    ]) {
      expect(faults.join('\n')).toContain(name);
    }
    expect(faults.join('\n')).not.toMatch(/123456|changeme|id-without-secret/);
  });

  it('refuse an example among the older keys of a list', () => {
    expect(faultsOf({ ...PRODUCTION, JWT_SECRET: `${PRODUCTION.JWT_SECRET},secret` }).join()).toContain('example');
  });

  it('refuse a short key', () => {
    expect(faultsOf({ ...PRODUCTION, JWT_SECRET: 'k3Jd8sLq' })).toEqual([
      'JWT_SECRET is too short: each key needs at least 32 characters',
    ]);
  });

  it('name a secret file that is not there', () => {
    expect(faultsOf({ ...PRODUCTION, METRICS_TOKEN_FILE: join(dataDir, 'absent') })).toEqual([
      "METRICS_TOKEN_FILE names a file that can't be read",
    ]);
  });
});

describe('the database setting', () => {
  const databaseOf = (values: RawEnvironment) => load(values).database;

  it.each([
    [{ DATABASE_URL: 'postgres://a/b', JAWSDB_URL: 'mysql://a/c' }, 'postgres', 'postgres://a/b'],
    [{ JAWSDB_URL: 'mysql://a/c', MYSQL_URI: 'mysql://a/d' }, 'mysql', 'mysql://a/c'],
    [{ MYSQL_URI: 'mysql://a/d' }, 'mysql', 'mysql://a/d'],
    [{ DATABASE_URL: 'mariadb://a/e' }, 'mysql', 'mariadb://a/e'],
    [
      { MYSQL_URI: '1', MYSQL_HOST: 'h', MYSQL_USER: 'u', MYSQL_PASSWORD: 'p@ss', MYSQL_DATABASE: 'd' },
      'mysql',
      'mysql://u:p%40ss@h:3306/d',
    ],
  ])('reads %j as %s', (values, kind, url) => {
    expect(databaseOf(values)).toMatchObject({ kind, url });
  });

  it('refuses another kind of database by the name of its variable', () => {
    expect(faultsOf({ DATABASE_URL: 'sqlite://x' })).toEqual([
      'DATABASE_URL must start with postgres://, mysql:// or mariadb://',
    ]);
  });
});

describe('durations and lists', () => {
  it('are read in their units', () => {
    const settings = load({ ACCESS_TOKEN_TTL: '10m', REFRESH_TOKEN_TTL: '2d', TRUST_PROXY: '10.0.0.0/8, loopback' });
    expect(settings).toMatchObject({
      accessTokenTtlSeconds: 600,
      refreshTokenTtlSeconds: 172_800,
      trustProxy: ['10.0.0.0/8', 'loopback'],
    });
  });

  it.each([
    [{ ACCESS_TOKEN_TTL: 'soon' }, 'ACCESS_TOKEN_TTL'],
    [{ TRUST_PROXY: '10.0.0.0/99' }, 'TRUST_PROXY'],
    [{ OUTBOUND_ALLOW: '127.0.0.1' }, 'OUTBOUND_ALLOW'],
    [{ OUTBOUND_ALLOW: '10.0.0.0/33' }, 'OUTBOUND_ALLOW'],
    [{ OUTBOUND_ALLOW: '127.0.0.0/8/8' }, 'OUTBOUND_ALLOW'],
    [{ OUTBOUND_ALLOW: 'fe80::1%eth0/64' }, 'OUTBOUND_ALLOW'],
    [{ OUTBOUND_ALLOW: '127.1/8' }, 'OUTBOUND_ALLOW'],
    [{ SPA_ORIGINS: 'https://app.example.org/path' }, 'SPA_ORIGINS'],
    [{ EMAIL_VERIFICATION: 'maybe' }, 'EMAIL_VERIFICATION'],
    [{ SEFARIA_PLUGIN_SECRET: 'not-a-key' }, 'SEFARIA_PLUGIN_SECRET'],
    [{ ADMIN_USERNAME: 'root' }, 'ADMIN_EMAIL'],
  ])('refuse %j', (values, name) => {
    expect(faultsOf(values).join()).toContain(name);
  });
});
