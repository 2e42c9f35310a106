import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock';
import type { FernetResult } from '../infra/crypto/fernet';
import { KeyUse } from './key-use';
import type { ActivePlugin } from './plugin-registry';
import { canonicalSpelling, userIdOf } from './plugin-token.rules';
import { tokenInvalid } from './plugin-user.errors';

/** Encrypted user ids, in and out. */
@Injectable()
export class PluginTokens {
  constructor(
    private readonly keyUse: KeyUse,
    private readonly clock: Clock,
  ) {}

  /** The id in the token. Throws the one DomainError that every bad token is answered with. */
  async read(plugin: ActivePlugin, token: string): Promise<string> {
    const result = this.decrypt(plugin, token);
    if (!result?.ok) throw tokenInvalid(result?.reason === 'expired' ? 'The token has expired.' : undefined);
    const userId = userIdOf(result.payload);
    if (userId === undefined) throw tokenInvalid();
    const keyId = plugin.keyIds[result.keyIndex];
    if (keyId !== undefined) await this.keyUse.note(keyId);
    return userId;
  }

  /** By the plugin's newest key; undefined where it has none. */
  issue(plugin: ActivePlugin, userId: number): string | undefined {
    return plugin.fernet?.encrypt(String(userId), this.clock.now());
  }

  private decrypt(plugin: ActivePlugin, token: string): FernetResult | undefined {
    const now = this.clock.now();
    const result = plugin.fernet?.decrypt(token, now, plugin.tokenTtl);
    if (!plugin.legacy || result?.ok !== false || result.reason !== 'invalid') return result;
    // The old server read every spelling that Python's decoder reads.
    return plugin.fernet?.decrypt(canonicalSpelling(token), now, plugin.tokenTtl);
  }
}
