import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { Database, statement } from '../infra/database/database';
import { PluginKey } from './entities/plugin-key.entity';

// The second condition keeps instances from writing the same news one after another.
const USED = statement(
  'plugin-key.used',
  'update plugin_key set last_used_at = $2 where id = $1 and (last_used_at is null or last_used_at < $3)',
);

const KNOW = statement(
  'plugin-key.know',
  `insert into plugin_key (plugin_id, fingerprint, created_at) values ($1, $2, $3)
   on conflict (plugin_id, fingerprint) do nothing`,
  'insert ignore into plugin_key (plugin_id, fingerprint, created_at) values ($1, $2, $3)',
);

@Injectable()
export class PluginKeyRepository {
  constructor(private readonly database: Database) {}

  /** The keys of these plugins, newest first. */
  of(pluginIds: readonly number[]): Promise<PluginKey[]> {
    return this.database.manager.find(PluginKey, { where: { pluginId: In([...pluginIds]) }, order: { id: 'desc' } });
  }

  async add(key: Omit<PluginKey, 'id'>): Promise<PluginKey> {
    const entity = this.database.manager.create(PluginKey, key);
    await this.database.manager.insert(PluginKey, entity);
    // TypeORM writes a bigint that the database counted into the entity as text.
    return Object.assign(entity, { id: Number(entity.id) });
  }

  async remove(id: number): Promise<void> {
    await this.database.manager.delete(PluginKey, { id });
  }

  /** A row for a key that the settings hold, where there is none yet. */
  async know(pluginId: number, fingerprint: string, now: Date): Promise<void> {
    await this.database.execute(KNOW, [pluginId, fingerprint, now]);
  }

  async used(id: number, now: Date, unlessSince: Date): Promise<void> {
    await this.database.execute(USED, [id, now, unlessSince]);
  }
}
