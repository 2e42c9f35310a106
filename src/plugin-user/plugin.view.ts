import type { JsonObject } from '../infra/outbox/fact';
import type { PluginKeyResponse, PluginResponse } from './dto/plugin.response';
import type { Plugin } from './entities/plugin.entity';
import type { PluginKey } from './entities/plugin-key.entity';
import { LEGACY_SLUG } from './legacy-plugin';

/** A plugin as administrators see it. */
export function pluginView(plugin: Plugin, keys: readonly PluginKey[]): PluginResponse {
  return {
    id: plugin.id,
    legacy: plugin.slug === LEGACY_SLUG,
    owner: plugin.ownerId,
    name: plugin.name,
    description: plugin.description,
    url: plugin.url,
    image: plugin.image,
    allowed_origins: JSON.parse(plugin.allowedOrigins) as string[],
    token_ttl: plugin.tokenTtl,
    user_schema: plugin.userSchema === null ? null : (JSON.parse(plugin.userSchema) as JsonObject),
    created_at: plugin.createdAt.toISOString(),
    updated_at: plugin.updatedAt.toISOString(),
    revoked_at: plugin.revokedAt?.toISOString() ?? null,
    keys: keys.map(keyView),
  };
}

function keyView({ id, fingerprint, createdAt, lastUsedAt }: PluginKey): PluginKeyResponse {
  return {
    id,
    fingerprint,
    created_at: createdAt.toISOString(),
    last_used_at: lastUsedAt?.toISOString() ?? null,
  };
}
