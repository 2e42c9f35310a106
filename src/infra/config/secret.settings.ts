import { developmentSecrets } from './development-secrets';
import { judgeSecret } from './leaked-secrets';
import type { SettingsReader } from './settings-reader';

/** Every setting that holds a secret, those of features to come among them: a leaked one never starts the server. */
const SECRETS = [
  'JWT_SECRET',
  'FIELD_ENCRYPTION_KEY',
  'SEFARIA_PLUGIN_SECRET',
  'LERNITO_WEBHOOK_SECRET',
  'ADMIN_PASSWORD',
  'METRICS_TOKEN',
  'RAZORPAY_KEY_SECRET',
  'RAZORPAY_WEBHOOK_SECRET',
  'GOOGLE_CLIENT_SECRET',
  'FACEBOOK_CLIENT_SECRET',
  'S3_SECRET_ACCESS_KEY',
  'DJANGO_SECRET',
] as const;

const MIN_KEY_LENGTH = 32;
const FERNET_KEY = /^[A-Za-z0-9_-]{43}=$/;

export interface SecretSettings {
  /** Newest first: the first signs, all verify. */
  readonly jwtSecrets: readonly string[];
  /** Newest first: the first encrypts, all decrypt. */
  readonly fieldEncryptionKeys: readonly string[];
  /** Fernet keys of the legacy plugin, newest first; empty where there is none. */
  readonly sefariaPluginSecrets: readonly string[];
  readonly lernitoWebhookSecrets: readonly string[];
  readonly lernitoRequireTimestamp: boolean;
}

export function readSecrets(reader: SettingsReader, dataDir: string): SecretSettings {
  for (const name of SECRETS) judge(reader, name);
  const generated = reader.isProduction ? undefined : developmentSecrets(dataDir);
  const keys = (name: 'JWT_SECRET' | 'FIELD_ENCRYPTION_KEY'): string[] => {
    const given = reader.list(name);
    if (given.length === 0) {
      if (generated === undefined) reader.fault(`${name} is missing`);
      return generated === undefined ? [] : [generated[name]];
    }
    if (reader.isProduction && given.some((key) => key.length < MIN_KEY_LENGTH)) {
      reader.fault(`${name} is too short: each key needs at least ${MIN_KEY_LENGTH} characters`);
    }
    return given;
  };
  const optional = (name: 'SEFARIA_PLUGIN_SECRET' | 'LERNITO_WEBHOOK_SECRET'): string[] => {
    const given = reader.list(name);
    return given.length === 0 && generated !== undefined ? [generated[name]] : given;
  };
  const sefariaPluginSecrets = optional('SEFARIA_PLUGIN_SECRET');
  if (!sefariaPluginSecrets.every((key) => FERNET_KEY.test(key))) {
    reader.fault('SEFARIA_PLUGIN_SECRET must be a list of Fernet keys (44 characters of url-safe base64 each)');
  }
  return {
    jwtSecrets: keys('JWT_SECRET'),
    fieldEncryptionKeys: keys('FIELD_ENCRYPTION_KEY'),
    sefariaPluginSecrets,
    lernitoWebhookSecrets: optional('LERNITO_WEBHOOK_SECRET'),
    lernitoRequireTimestamp: reader.flag('LERNITO_REQUIRE_TIMESTAMP', false),
  };
}

function judge(reader: SettingsReader, name: string): void {
  for (const secret of reader.list(name)) {
    const verdict = judgeSecret(secret);
    if (verdict === 'leaked') reader.fault(`${name} holds a secret that is publicly known; make a new one`);
    if (verdict === 'example') {
      const text = `${name} holds an example value; make a secret of your own`;
      if (reader.isProduction) reader.fault(text);
      else reader.warn(text);
    }
  }
}
