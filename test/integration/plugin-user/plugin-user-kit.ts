import type { Clock } from '../../../src/common/clock';
import { CryptoModule } from '../../../src/infra/crypto/crypto.module';
import { Fernet } from '../../../src/infra/crypto/fernet';
import { HttpModule } from '../../../src/infra/http/http.module';
import { OutboxModule } from '../../../src/infra/outbox/outbox.module';
import { RegisterPluginRequest } from '../../../src/plugin-user/dto/plugin.request';
import { PluginUserModule } from '../../../src/plugin-user/plugin-user.module';
import { validate } from '../../../src/infra/http/validation.pipe';
import { startTestDatabase, type TestDatabase } from '../../setup/test-database';

/** The module on a database, with the outbox and no HTTP. */
export function startPluginUsers(overrides: Record<string, string> = {}, clock?: Clock): Promise<TestDatabase> {
  return startTestDatabase({ imports: [CryptoModule, HttpModule, OutboxModule, PluginUserModule] }, overrides, clock);
}

/** What the request class makes of this input. */
export function registration(input: Record<string, unknown> = {}): RegisterPluginRequest {
  return validate(RegisterPluginRequest, { name: 'Verse', ...input });
}

/** The header of a call, signed now or at another time. */
export function tokenOf(key: string, id: string | number, at = new Date()): Record<string, string> {
  return { 'plugin-user-id': new Fernet([key]).encrypt(String(id), at) };
}

export const bytes = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));
