import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock';
import { Fernet } from '../infra/crypto/fernet';
import type { JsonObject } from '../infra/outbox/fact';
import { LEGACY_SLUG, LegacyPlugin } from './legacy-plugin';
import { keyFingerprint, PluginKeys } from './plugin-keys';
import { type ActivePluginRow, PluginRepository } from './plugin.repository';
import { ShortCache } from './short-cache';
import type { UserSchema } from './user-data.rules';
import { compileUserSchema } from './user-schema.rules';

/** A plugin with all that a request needs of it. */
export interface ActivePlugin {
  readonly id: number;
  readonly legacy: boolean;
  /** Undefined: nobody hears of its users. */
  readonly ownerId: number | undefined;
  readonly allowedOrigins: ReadonlySet<string>;
  /** Undefined: its tokens never expire. */
  readonly tokenTtl: number | undefined;
  /** Undefined: it has no key, and so no valid token. */
  readonly fernet: Fernet | undefined;
  /** In the order of the Fernet's keys. */
  readonly keyIds: readonly (number | undefined)[];
  readonly schema: UserSchema | undefined;
}

interface Built {
  readonly from: string;
  readonly plugin: ActivePlugin;
}

/** How long another instance may go on with a plugin that was changed or revoked here; 5 s are promised. */
const MAX_AGE_MS = 3_000;

/** The plugins that are not revoked, from memory: their keys stand decrypted nowhere else. */
@Injectable()
export class PluginRegistry {
  private readonly plugins: ShortCache<number, ActivePlugin>;
  private readonly origins: ShortCache<'all', ReadonlySet<string>>;
  /** What costs time to build is kept for as long as the rows behind it stay the same. */
  private readonly built = new Map<number, Built>();

  constructor(
    private readonly repository: PluginRepository,
    private readonly keys: PluginKeys,
    private readonly legacyPlugin: LegacyPlugin,
    clock: Clock,
  ) {
    const now = (): number => clock.now().getTime();
    this.plugins = new ShortCache(MAX_AGE_MS, now, (id) => this.load(id));
    this.origins = new ShortCache(MAX_AGE_MS, now, async () => new Set(await this.repository.origins()));
  }

  byId(id: number): Promise<ActivePlugin | undefined> {
    return this.plugins.get(id);
  }

  /** The plugin of callers that name none. */
  legacy(): Promise<ActivePlugin | undefined> {
    return this.plugins.get(this.legacyPlugin.id);
  }

  /** Whether any plugin's pages come from there: all that can be known at a preflight. */
  async knowsOrigin(origin: string): Promise<boolean> {
    return (await this.origins.get('all'))?.has(origin) === true;
  }

  /** To be called after every change of a plugin or its keys, after the commit. */
  forget(id: number): void {
    this.plugins.forget(id);
    this.origins.forget('all');
  }

  private async load(id: number): Promise<ActivePlugin | undefined> {
    const rows = await this.repository.active(id);
    const row = rows[0];
    if (row === undefined) {
      this.built.delete(id);
      return undefined;
    }
    const from = JSON.stringify(rows);
    const known = this.built.get(id);
    if (known?.from === from) return known.plugin;
    const plugin = this.build(row, rows);
    this.built.set(id, { from, plugin });
    return plugin;
  }

  private build(row: ActivePluginRow, rows: readonly ActivePluginRow[]): ActivePlugin {
    const legacy = row.slug === LEGACY_SLUG;
    return {
      id: row.id,
      legacy,
      ownerId: row.owner_id ?? undefined,
      allowedOrigins: new Set(JSON.parse(row.allowed_origins) as string[]),
      tokenTtl: row.token_ttl ?? undefined,
      schema: row.user_schema === null ? undefined : compileUserSchema(JSON.parse(row.user_schema) as JsonObject),
      ...(legacy ? this.legacyKeys(rows) : this.ownKeys(rows)),
    };
  }

  private ownKeys(rows: readonly ActivePluginRow[]): Pick<ActivePlugin, 'fernet' | 'keyIds'> {
    const keys = rows.flatMap(({ id, key_id, fingerprint, secret }) =>
      key_id === null || fingerprint === null || secret === null
        ? []
        : [{ id: key_id, key: this.keys.open(id, fingerprint, secret) }],
    );
    return { fernet: fernetOf(keys.map(({ key }) => key)), keyIds: keys.map(({ id }) => id) };
  }

  private legacyKeys(rows: readonly ActivePluginRow[]): Pick<ActivePlugin, 'fernet' | 'keyIds'> {
    const { keys } = this.legacyPlugin;
    const idOf = new Map(rows.map((row) => [row.fingerprint, row.key_id ?? undefined]));
    return { fernet: fernetOf(keys), keyIds: keys.map((key) => idOf.get(keyFingerprint(key))) };
  }
}

function fernetOf(keys: readonly string[]): Fernet | undefined {
  return keys.length === 0 ? undefined : new Fernet(keys);
}
