import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeAfterSpec, specDatabase } from './spec-database';

/** Secrets of every test app, so that specs can sign as a plugin, as lernito or as the app itself. */
export const TEST_SECRETS = {
  JWT_SECRET: 'test-jwt-key-8f1d60b3c2a94e57b0d6c1f2',
  FIELD_ENCRYPTION_KEY: 'test-field-key-51c7e0a9d8b64f3297ae',
  SEFARIA_PLUGIN_SECRET: 'cJ1Vq0v7o5zQ0o1cZk3q9mZ2v1y8b5t4r7w6x3u0s9A=',
  LERNITO_WEBHOOK_SECRET: 'test-lernito-key-2b7f9a4e6d8c01f3e5a7',
} as const;

/** The variables of a test app on this spec's database, with a DATA_DIR of its own. */
export async function testEnvironment(overrides: Record<string, string> = {}): Promise<Record<string, string>> {
  return {
    ...TEST_SECRETS,
    NODE_ENV: 'test',
    HOST: '127.0.0.1',
    PORT: '0',
    PUBLIC_URL: 'http://localhost:8000',
    LOG_LEVEL: 'error',
    RATE_LIMITS: 'off',
    DATA_DIR: temporaryFolder(),
    DATABASE_URL: overrides.DATABASE_URL ?? (await specDatabase()),
    ...overrides,
  };
}

/** Gone after the spec file. Open for passing through, so that root's embedded server can have its folder in it. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'guildhall-spec-'));
  chmodSync(folder, 0o711);
  closeAfterSpec(async () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
