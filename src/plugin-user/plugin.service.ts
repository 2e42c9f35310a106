import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock';
import { invalid } from '../common/domain-error';
import { offsetOf, type Page, pageOf, type PageRequest } from '../common/page';
import { UnitOfWork } from '../infra/database/unit-of-work';
import type { ChangePluginRequest, RegisterPluginRequest } from './dto/plugin.request';
import type { PluginResponse, RegisteredPluginResponse } from './dto/plugin.response';
import type { Plugin } from './entities/plugin.entity';
import { LEGACY_SLUG } from './legacy-plugin';
import { PluginKeyService } from './plugin-key.service';
import { PluginRegistry } from './plugin-registry';
import { pluginNotFound, pluginReserved, pluginRevoked } from './plugin.errors';
import { PluginRepository } from './plugin.repository';
import { pluginView } from './plugin.view';

/** Registered plugins, as administrators keep them. */
@Injectable()
export class PluginService {
  constructor(
    private readonly plugins: PluginRepository,
    private readonly keys: PluginKeyService,
    private readonly registry: PluginRegistry,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** The answer holds the plugin's first key, which is never shown again. @throws DomainError 400 */
  async register(request: RegisterPluginRequest): Promise<RegisteredPluginResponse> {
    return this.unitOfWork.run(async () => {
      await this.expectOwner(request.owner);
      const now = this.clock.now();
      const columns = { ...columnsOf(request), slug: null, createdAt: now, updatedAt: now, revokedAt: null };
      const plugin = await this.plugins.add(columns as Omit<Plugin, 'id'>);
      const { row, key } = await this.keys.make(plugin.id);
      return { ...pluginView(plugin, [row]), key };
    });
  }

  /** The legacy plugin and revoked ones among them, oldest first. @param url of the request, for the links */
  async list(page: PageRequest, url: URL): Promise<Page<PluginResponse>> {
    const [plugins, count] = await this.plugins.page(page.size, offsetOf(page));
    const keys = await this.keys.of(plugins);
    const views = plugins.map((plugin) => pluginView(plugin, keys.get(plugin.id) ?? []));
    return pageOf(views, count, page, url);
  }

  /** @throws DomainError 404 */
  async get(id: number): Promise<PluginResponse> {
    const plugin = await this.plugins.byId(id);
    if (plugin === undefined) throw pluginNotFound();
    return pluginView(plugin, (await this.keys.of([plugin])).get(id) ?? []);
  }

  /** @throws DomainError 404, 400, 409 for a revoked plugin */
  async change(id: number, request: ChangePluginRequest): Promise<PluginResponse> {
    return this.unitOfWork.run(async () => {
      const plugin = await this.plugins.lock(id);
      if (plugin === undefined) throw pluginNotFound();
      if (plugin.revoked_at !== null) throw pluginRevoked();
      await this.expectOwner(request.owner);
      await this.plugins.change(id, { ...columnsOf(request), updatedAt: this.clock.now() });
      this.unitOfWork.afterCommit(() => this.registry.forget(id));
      return this.get(id);
    });
  }

  /** For good: from now on its id is nobody's. Its users stay, out of reach. @throws DomainError 404, 409 */
  async revoke(id: number): Promise<void> {
    await this.unitOfWork.run(async () => {
      const plugin = await this.plugins.lock(id);
      if (plugin === undefined) throw pluginNotFound();
      if (plugin.slug === LEGACY_SLUG) throw pluginReserved();
      if (plugin.revoked_at !== null) return;
      await this.plugins.change(id, { revokedAt: this.clock.now() });
      this.unitOfWork.afterCommit(() => this.registry.forget(id));
    });
  }

  /** Plugins of an account that was closed have no owner from now on. Repeatable. */
  async disown(accountId: number): Promise<void> {
    await this.unitOfWork.run(async () => {
      for (const id of await this.plugins.ownedBy(accountId)) {
        await this.plugins.change(id, { ownerId: null, updatedAt: this.clock.now() });
        this.unitOfWork.afterCommit(() => this.registry.forget(id));
      }
    });
  }

  private async expectOwner(owner: number | null | undefined): Promise<void> {
    if (owner === undefined || owner === null || (await this.plugins.holdOwner(owner))) return;
    throw invalid({ owner: [`Account ${owner} does not exist.`] });
  }
}

type Columns = Partial<
  Pick<Plugin, 'ownerId' | 'name' | 'description' | 'url' | 'image' | 'allowedOrigins' | 'tokenTtl' | 'userSchema'>
>;

/** Only what the request names. */
function columnsOf(request: Partial<RegisterPluginRequest>): Columns {
  const { owner: ownerId, allowed_origins: origins, token_ttl: tokenTtl, user_schema: schema, ...texts } = request;
  return {
    ...texts,
    ...(ownerId !== undefined && { ownerId }),
    ...(origins !== undefined && { allowedOrigins: JSON.stringify([...new Set(origins)]) }),
    ...(tokenTtl !== undefined && { tokenTtl }),
    ...(schema !== undefined && { userSchema: schema === null ? null : JSON.stringify(schema) }),
  };
}
