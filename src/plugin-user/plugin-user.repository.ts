import { Injectable } from '@nestjs/common';
import { Database, statement } from '../infra/database/database';

export interface PluginUserRow {
  readonly id: number;
  readonly sefaria_id: string;
  readonly name: string | null;
  /** A JSON object as text. */
  readonly data: string;
}

export interface UserOfAccount {
  readonly id: number;
  readonly plugin_id: number;
  /** Who is told of it. */
  readonly owner_id: number | null;
}

const ADD = statement(
  'plugin-user.add',
  `insert into plugin_user (plugin_id, sefaria_id, data, created_at, updated_at) values ($1, $2, '{}', $3, $3)
   on conflict (plugin_id, sefaria_id) do nothing returning id`,
  `insert ignore into plugin_user (plugin_id, sefaria_id, data, created_at, updated_at) values ($1, $2, '{}', $3, $3)`,
);

const FIND = statement(
  'plugin-user.find',
  'select id, sefaria_id, name, data from plugin_user where plugin_id = $1 and sefaria_id = $2',
);

const LOCK = statement(
  'plugin-user.lock',
  'select id, sefaria_id, name, data from plugin_user where plugin_id = $1 and sefaria_id = $2 for update',
);

const CHANGE = statement(
  'plugin-user.change',
  'update plugin_user set name = $2, data = $3, updated_at = $4 where id = $1',
);

const REMOVE = statement('plugin-user.remove', 'delete from plugin_user where plugin_id = $1 and sefaria_id = $2');

// Reserved plugins have a slug; their ids are those of other sites and say nothing of our accounts. Found first and
// deleted by id: MariaDB would read the whole table for a delete with a subquery. A revoked plugin is told nothing.
const OF_ACCOUNT = statement(
  'plugin-user.of-account',
  `select u.id, u.plugin_id, case when p.revoked_at is null then p.owner_id end as owner_id
     from plugin p join plugin_user u on u.plugin_id = p.id and u.sefaria_id = $1
    where p.slug is null order by u.id`,
);

const REMOVE_ONE = statement('plugin-user.remove-one', 'delete from plugin_user where id = $1');

@Injectable()
export class PluginUserRepository {
  constructor(private readonly database: Database) {}

  /** The new user's id, or undefined when the plugin has that user already: of callers at once, one gets the id. */
  async add(pluginId: number, sefariaId: string, now: Date): Promise<number | undefined> {
    const { affected, insertId } = await this.database.execute(ADD, [pluginId, sefariaId, now]);
    return affected === 1 ? insertId : undefined;
  }

  find(pluginId: number, sefariaId: string): Promise<PluginUserRow | undefined> {
    return this.database.first<PluginUserRow>(FIND, [pluginId, sefariaId]);
  }

  /** Until the transaction ends nobody else changes the user. */
  lock(pluginId: number, sefariaId: string): Promise<PluginUserRow | undefined> {
    return this.database.first<PluginUserRow>(LOCK, [pluginId, sefariaId]);
  }

  async change({ id, name, data }: PluginUserRow, now: Date): Promise<void> {
    await this.database.execute(CHANGE, [id, name, data, now]);
  }

  /** False when there was no such user. */
  async remove(pluginId: number, sefariaId: string): Promise<boolean> {
    return (await this.database.execute(REMOVE, [pluginId, sefariaId])).affected > 0;
  }

  /** What registered plugins keep of an account. */
  ofAccount(accountId: number): Promise<UserOfAccount[]> {
    return this.database.rows<UserOfAccount>(OF_ACCOUNT, [String(accountId)]);
  }

  /** False when it is gone already. */
  async removeOne(id: number): Promise<boolean> {
    return (await this.database.execute(REMOVE_ONE, [id])).affected > 0;
  }
}
