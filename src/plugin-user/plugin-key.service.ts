import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock';
import { Fernet } from '../infra/crypto/fernet';
import { UnitOfWork } from '../infra/database/unit-of-work';
import type { NewPluginKeyResponse } from './dto/plugin.response';
import type { Plugin } from './entities/plugin.entity';
import type { PluginKey } from './entities/plugin-key.entity';
import { LEGACY_SLUG, LegacyPlugin } from './legacy-plugin';
import { PluginKeyRepository } from './plugin-key.repository';
import { keyFingerprint, PluginKeys } from './plugin-keys';
import { PluginRegistry } from './plugin-registry';
import { keyNotFound, lastKey, pluginNotFound, pluginReserved, pluginRevoked, tooManyKeys } from './plugin.errors';
import { PluginRepository } from './plugin.repository';

/** Every key of a plugin is tried on a token. */
const MAX_KEYS = 10;

/** The keys of plugins: made, shown once, replaced one at a time, so that no token is refused in between. */
@Injectable()
export class PluginKeyService {
  constructor(
    private readonly plugins: PluginRepository,
    private readonly rows: PluginKeyRepository,
    private readonly keys: PluginKeys,
    private readonly legacyPlugin: LegacyPlugin,
    private readonly registry: PluginRegistry,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Newest first, by plugin. Of the legacy plugin only those that this instance's settings hold. */
  async of(plugins: readonly Pick<Plugin, 'id' | 'slug'>[]): Promise<Map<number, PluginKey[]>> {
    const rows = await this.rows.of(plugins.map((plugin) => plugin.id));
    const current = this.legacyPlugin.keys.map(keyFingerprint);
    return new Map(
      plugins.map(({ id, slug }) => {
        const own = rows.filter((row) => row.pluginId === id);
        if (slug !== LEGACY_SLUG) return [id, own];
        return [id, current.flatMap((fingerprint) => own.filter((row) => row.fingerprint === fingerprint))];
      }),
    );
  }

  /** In the caller's unit of work, under the plugin's lock or before anybody knows the plugin. */
  async make(pluginId: number): Promise<{ row: PluginKey; key: string }> {
    const key = Fernet.generateKey();
    const row = await this.rows.add({
      pluginId,
      fingerprint: keyFingerprint(key),
      secret: this.keys.seal(pluginId, key),
      createdAt: this.clock.now(),
      lastUsedAt: null,
    });
    return { row, key };
  }

  /** A new key encrypts from now on; the others still decrypt. @throws DomainError 404, 409 */
  async rotate(pluginId: number): Promise<NewPluginKeyResponse> {
    return this.unitOfWork.run(async () => {
      if ((await this.lockedKeys(pluginId)).length >= MAX_KEYS) throw tooManyKeys(MAX_KEYS);
      const { row, key } = await this.make(pluginId);
      this.unitOfWork.afterCommit(() => this.registry.forget(pluginId));
      return { id: row.id, key };
    });
  }

  /** Tokens of this key are refused from now on. @throws DomainError 404, 409 for the last key */
  async retire(pluginId: number, keyId: number): Promise<void> {
    await this.unitOfWork.run(async () => {
      const keys = await this.lockedKeys(pluginId);
      if (!keys.some((key) => key.id === keyId)) throw keyNotFound();
      if (keys.length === 1) throw lastKey();
      await this.rows.remove(keyId);
      this.unitOfWork.afterCommit(() => this.registry.forget(pluginId));
    });
  }

  private async lockedKeys(pluginId: number): Promise<PluginKey[]> {
    const plugin = await this.plugins.lock(pluginId);
    if (plugin === undefined) throw pluginNotFound();
    if (plugin.slug === LEGACY_SLUG) throw pluginReserved();
    if (plugin.revoked_at !== null) throw pluginRevoked();
    return this.rows.of([pluginId]);
  }
}
