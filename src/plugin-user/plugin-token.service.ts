import { Injectable } from '@nestjs/common';
import { pluginIdOf } from './plugin-id.rules';
import { PluginRegistry } from './plugin-registry';
import { PluginTokens } from './plugin-tokens';
import { pluginNotFound } from './plugin.errors';

/** The platform's side: tells a plugin's page who is logged in, in words that only the plugin reads. */
@Injectable()
export class PluginTokenService {
  constructor(
    private readonly registry: PluginRegistry,
    private readonly tokens: PluginTokens,
  ) {}

  /** @throws DomainError 404, for the legacy plugin too: to it our account 5 would be the other site's user 5 (R24) */
  async issue(pluginId: string, accountId: number): Promise<{ encrypted_user_id: string }> {
    const id = pluginIdOf(pluginId);
    const plugin = id === undefined ? undefined : await this.registry.byId(id);
    const token = plugin === undefined || plugin.legacy ? undefined : this.tokens.issue(plugin, accountId);
    if (token === undefined) throw pluginNotFound();
    return { encrypted_user_id: token };
  }
}
