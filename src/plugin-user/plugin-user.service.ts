import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock';
import { UnitOfWork } from '../infra/database/unit-of-work';
import type { JsonObject } from '../infra/outbox/fact';
import { OutboxService } from '../infra/outbox/outbox.service';
import { PluginUserCreated } from './events/plugin-user-created.event';
import { PluginUserDeleted } from './events/plugin-user-deleted.event';
import { parseBody, tokenOf } from './plugin-body.rules';
import type { PluginIdentity } from './plugin-caller';
import type { ActivePlugin } from './plugin-registry';
import { PluginTokens } from './plugin-tokens';
import { userExists, userUnknown } from './plugin-user.errors';
import { PluginUserRepository, type PluginUserRow } from './plugin-user.repository';
import { mergeData, readChange } from './user-data.rules';

/** What a plugin is told of its user; the user's own fields stand beside these. */
export type PluginUserAnswer = JsonObject & {
  readonly id: number;
  readonly sefaria_id: string;
  readonly name: string | null;
};

/**
 * The users of plugins. Bodies arrive unread: what is wrong with them is said after what is wrong with the caller. A
 * plugin without an owner has nobody to tell, and costs one statement.
 */
@Injectable()
export class PluginUserService {
  constructor(
    private readonly users: PluginUserRepository,
    private readonly tokens: PluginTokens,
    private readonly outbox: OutboxService,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError 400 for a bad body, a bad token, and a user whom the plugin has already */
  async create(plugin: ActivePlugin, body: unknown): Promise<{ id: number; sefaria_id: string }> {
    const sefariaId = await this.tokens.read(plugin, tokenOf(parseBody(body)));
    const id = await this.add(plugin, sefariaId);
    if (id === undefined) throw userExists();
    return { id, sefaria_id: sefariaId };
  }

  /** @throws DomainError 404 */
  async get({ plugin, sefariaId }: PluginIdentity): Promise<PluginUserAnswer> {
    const user = await this.users.find(plugin.id, sefariaId);
    if (user === undefined) throw userUnknown();
    return answerOf(user);
  }

  /**
   * Calls at once all count: each sees what the one before it left. Answers the id alone, as the old server did.
   * @throws DomainError 404, 400
   */
  async update({ plugin, sefariaId }: PluginIdentity, body: unknown): Promise<{ sefaria_id: string }> {
    return this.unitOfWork.run(async () => {
      const user = await this.users.lock(plugin.id, sefariaId);
      if (user === undefined) throw userUnknown();
      const change = readChange(parseBody(body));
      const changed = { ...user, name: change.name ?? user.name, data: mergeData(user, change, plugin.schema) };
      await this.users.change(changed, this.clock.now());
      return { sefaria_id: sefariaId };
    });
  }

  /** @throws DomainError 404 */
  async remove(user: PluginIdentity): Promise<{ status: 'deleted' }> {
    if (!(await this.drop(user))) throw userUnknown();
    return { status: 'deleted' };
  }

  /** Of registered plugins, whose users are our accounts. Again and again does no harm. */
  async forgetAccount(accountId: number): Promise<void> {
    await this.unitOfWork.run(async () => {
      for (const { id, plugin_id, owner_id } of await this.users.ofAccount(accountId)) {
        if (!(await this.users.removeOne(id)) || owner_id === null) continue;
        const at = this.clock.now().toISOString();
        const reason = 'account_closed';
        await this.outbox.publish(new PluginUserDeleted({ plugin_id, owner_id, plugin_user_id: id, reason, at }));
      }
    });
  }

  private add({ id: plugin_id, ownerId: owner_id }: ActivePlugin, sefariaId: string): Promise<number | undefined> {
    const now = this.clock.now();
    if (owner_id === undefined) return this.users.add(plugin_id, sefariaId, now);
    return this.unitOfWork.run(async () => {
      const id = await this.users.add(plugin_id, sefariaId, now);
      if (id === undefined) return undefined;
      const at = now.toISOString();
      await this.outbox.publish(new PluginUserCreated({ plugin_id, owner_id, plugin_user_id: id, at }));
      return id;
    });
  }

  private drop({ plugin: { id: plugin_id, ownerId: owner_id }, sefariaId }: PluginIdentity): Promise<boolean> {
    if (owner_id === undefined) return this.users.remove(plugin_id, sefariaId);
    return this.unitOfWork.run(async () => {
      const user = await this.users.lock(plugin_id, sefariaId);
      if (user === undefined) return false;
      await this.users.removeOne(user.id);
      const [reason, at] = ['plugin', this.clock.now().toISOString()] as const;
      await this.outbox.publish(new PluginUserDeleted({ plugin_id, owner_id, plugin_user_id: user.id, reason, at }));
      return true;
    });
  }
}

function answerOf({ id, sefaria_id, name, data }: PluginUserRow): PluginUserAnswer {
  return { id, sefaria_id, name, ...(JSON.parse(data) as JsonObject) };
}
