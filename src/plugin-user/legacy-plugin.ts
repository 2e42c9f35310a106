import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Clock } from '../common/clock';
import { Settings } from '../infra/config/settings';
import { PluginKeyRepository } from './plugin-key.repository';
import { keyFingerprint } from './plugin-keys';
import { PluginRepository } from './plugin.repository';

export const LEGACY_SLUG = 'sefaria';

/**
 * The one plugin of the old server, for callers that name none: its ids are another site's, its keys are those of
 * SEFARIA_PLUGIN_SECRET. It has a row like any other, so that an administrator can set its origins and see its keys'
 * last use, but that row holds no key.
 */
@Injectable()
export class LegacyPlugin implements OnApplicationBootstrap {
  readonly keys: readonly string[];
  private knownId: number | undefined;

  constructor(
    settings: Settings,
    private readonly plugins: PluginRepository,
    private readonly keyRows: PluginKeyRepository,
    private readonly clock: Clock,
  ) {
    this.keys = settings.sefariaPluginSecrets;
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.ensure();
  }

  get id(): number {
    if (this.knownId === undefined) throw new Error('the legacy plugin is known once the application has started');
    return this.knownId;
  }

  private async ensure(): Promise<void> {
    const now = this.clock.now();
    const id = await this.plugins.reserved(LEGACY_SLUG, 'Sefaria', now);
    const known = new Set((await this.keyRows.of([id])).map((key) => key.fingerprint));
    const unknown = this.keys.map(keyFingerprint).filter((fingerprint) => !known.has(fingerprint));
    // Oldest first, so that the newest has the highest id, as with every plugin.
    for (const fingerprint of unknown.reverse()) await this.keyRows.know(id, fingerprint, now);
    this.knownId = id;
  }
}
