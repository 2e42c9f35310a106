import { Injectable } from '@nestjs/common';
import { Database, statement } from '../infra/database/database';
import { Plugin } from './entities/plugin.entity';

/** One row for each key, or one row without a key. */
export interface ActivePluginRow {
  readonly id: number;
  readonly slug: string | null;
  readonly owner_id: number | null;
  readonly allowed_origins: string;
  readonly token_ttl: number | null;
  readonly user_schema: string | null;
  readonly key_id: number | null;
  readonly fingerprint: string | null;
  readonly secret: string | null;
}

// Newest key first: keys of one plugin are added one after another, under the lock of its row.
const ACTIVE = statement(
  'plugin.active',
  `select p.id, p.slug, p.owner_id, p.allowed_origins, p.token_ttl, p.user_schema, k.id as key_id, k.fingerprint, k.secret
     from plugin p left join plugin_key k on k.plugin_id = p.id
    where p.id = $1 and p.revoked_at is null
    order by k.id desc`,
);

const ORIGINS = statement(
  'plugin.origins',
  `select distinct allowed_origins from plugin where revoked_at is null and allowed_origins <> '[]'`,
);

// On PostgreSQL not `for update`, which would hold up new users: their foreign key shares the row.
const LOCK = statement('plugin.lock', 'select id, slug, revoked_at from plugin where id = $1 for no key update');

// The account stays until the transaction ends: closing it waits, and finds the plugin.
const HOLD_OWNER = statement('plugin.hold-owner', 'select id from account where id = $1 for key share');

const OWNED_BY = statement(
  'plugin.owned-by',
  'select id from plugin where owner_id = $1 order by id for no key update',
);

const BY_SLUG = statement('plugin.by-slug', 'select id from plugin where slug = $1');

const RESERVE = statement(
  'plugin.reserve',
  `insert into plugin (slug, name, description, url, image, allowed_origins, created_at, updated_at)
   values ($1, $2, '', '', '', '[]', $3, $3) on conflict (slug) do nothing`,
  `insert ignore into plugin (slug, name, description, url, image, allowed_origins, created_at, updated_at)
   values ($1, $2, '', '', '', '[]', $3, $3)`,
);

export interface LockedPlugin {
  readonly id: number;
  readonly slug: string | null;
  readonly revoked_at: Date | null;
}

@Injectable()
export class PluginRepository {
  constructor(private readonly database: Database) {}

  active(id: number): Promise<ActivePluginRow[]> {
    return this.database.rows<ActivePluginRow>(ACTIVE, [id]);
  }

  /** The origins of all plugins that are not revoked. */
  async origins(): Promise<string[]> {
    const rows = await this.database.rows<{ allowed_origins: string }>(ORIGINS);
    return rows.flatMap((row) => JSON.parse(row.allowed_origins) as string[]);
  }

  /** Whoever changes a plugin or its keys holds this lock. */
  lock(id: number): Promise<LockedPlugin | undefined> {
    return this.database.first<LockedPlugin>(LOCK, [id]);
  }

  /** Until the transaction ends. False where there is no such account. */
  async holdOwner(accountId: number): Promise<boolean> {
    return (await this.database.first(HOLD_OWNER, [accountId])) !== undefined;
  }

  /** Their ids, held until the transaction ends. */
  async ownedBy(accountId: number): Promise<number[]> {
    return (await this.database.rows<{ id: number }>(OWNED_BY, [accountId])).map(({ id }) => id);
  }

  /** The reserved plugin's id; of instances that start together one makes it. */
  async reserved(slug: string, name: string, now: Date): Promise<number> {
    const known = await this.database.first<{ id: number }>(BY_SLUG, [slug]);
    if (known !== undefined) return known.id;
    await this.database.execute(RESERVE, [slug, name, now]);
    const made = await this.database.first<{ id: number }>(BY_SLUG, [slug]);
    if (made === undefined) throw new Error(`the plugin ${slug} could not be made`);
    return made.id;
  }

  async byId(id: number): Promise<Plugin | undefined> {
    return (await this.database.manager.findOneBy(Plugin, { id })) ?? undefined;
  }

  page(size: number, offset: number): Promise<[Plugin[], number]> {
    return this.database.manager.findAndCount(Plugin, { order: { id: 'asc' }, take: size, skip: offset });
  }

  async add(plugin: Omit<Plugin, 'id'>): Promise<Plugin> {
    const entity = this.database.manager.create(Plugin, plugin);
    await this.database.manager.insert(Plugin, entity);
    // TypeORM writes a bigint that the database counted into the entity as text.
    return Object.assign(entity, { id: Number(entity.id) });
  }

  async change(id: number, changes: Partial<Omit<Plugin, 'id' | 'slug'>>): Promise<void> {
    await this.database.manager.update(Plugin, { id }, changes);
  }
}
