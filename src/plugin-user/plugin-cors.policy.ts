import { Injectable, type OnModuleInit } from '@nestjs/common';
import { CorsPolicies, CorsPolicy, type CorsCall, type CorsVerdict } from '../infra/http/cors';
import { PluginCaller } from './plugin-caller';
import { PluginRegistry } from './plugin-registry';

export const PLUGIN_ORIGINS = 'plugin-origins';

/**
 * A preflight does not say which plugin will call: any plugin's page may ask. The request itself is for its own plugin's
 * pages only. Never with cookies, since these routes know nobody by them.
 */
@Injectable()
export class PluginCorsPolicy extends CorsPolicy implements OnModuleInit {
  constructor(
    private readonly policies: CorsPolicies,
    private readonly registry: PluginRegistry,
    private readonly caller: PluginCaller,
  ) {
    super();
  }

  onModuleInit(): void {
    this.policies.register(PLUGIN_ORIGINS, this);
  }

  async judge(call: CorsCall): Promise<CorsVerdict> {
    const allowed = call.preflight ? await this.registry.knowsOrigin(call.origin) : await this.caller.mayRead(call);
    return { allowed, credentials: false };
  }
}
