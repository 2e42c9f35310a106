import { Injectable } from '@nestjs/common';
import type { IncomingHttpHeaders } from 'node:http';
import { Settings } from '../infra/config/settings';
import { judgeOrigin, type OriginVerdict } from './origin.rules';
import { pluginIdOf } from './plugin-id.rules';
import { type ActivePlugin, PluginRegistry } from './plugin-registry';
import { PluginTokens } from './plugin-tokens';
import { headerMissing, originRefused, pluginUnknown } from './plugin-user.errors';

/** Somebody whose token a plugin showed. */
export interface PluginIdentity {
  readonly plugin: ActivePlugin;
  /** The decrypted id: one token has several spellings. */
  readonly sefariaId: string;
}

export interface PluginRequest {
  readonly headers: IncomingHttpHeaders;
}

/** Who calls: which plugin, from which page, for whom. */
@Injectable()
export class PluginCaller {
  private readonly publicOrigin: string;

  constructor(
    private readonly registry: PluginRegistry,
    private readonly tokens: PluginTokens,
    { publicUrl }: Settings,
  ) {
    this.publicOrigin = publicUrl.origin;
  }

  /** Throws DomainError for a plugin that is unknown or revoked, and for a page that isn't its own. */
  async plugin(request: PluginRequest): Promise<ActivePlugin> {
    const plugin = await this.named(request);
    if (plugin === undefined) throw pluginUnknown();
    if (this.verdict(plugin, request) === 'foreign') throw originRefused();
    return plugin;
  }

  /** Throws DomainError where the header is missing or its token is no good. */
  async user(plugin: ActivePlugin, request: PluginRequest): Promise<PluginIdentity> {
    const token = request.headers['plugin-user-id'];
    if (typeof token !== 'string' || token === '') throw headerMissing();
    return { plugin, sefariaId: await this.tokens.read(plugin, token) };
  }

  /** Whether the page that calls may read the answer. */
  async mayRead(request: PluginRequest): Promise<boolean> {
    const plugin = await this.named(request);
    return plugin !== undefined && this.verdict(plugin, request) === 'allowed';
  }

  /** Without the header it is the legacy plugin, whose clients know of no other. */
  private async named({ headers }: PluginRequest): Promise<ActivePlugin | undefined> {
    const named = headers['plugin-id'];
    if (named === undefined) return this.registry.legacy();
    const id = typeof named === 'string' ? pluginIdOf(named) : undefined;
    return id === undefined ? undefined : this.registry.byId(id);
  }

  private verdict(plugin: ActivePlugin, { headers }: PluginRequest): OriginVerdict {
    const { host, origin } = headers;
    return judgeOrigin(origin, plugin, [this.publicOrigin, `http://${host}`, `https://${host}`]);
  }
}
