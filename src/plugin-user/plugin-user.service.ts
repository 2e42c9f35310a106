import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock';
import { UnitOfWork } from '../infra/database/unit-of-work';
import type { JsonObject } from '../infra/outbox/fact';
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

/** The users of plugins. Bodies arrive unread: what is wrong with them is said after what is wrong with the caller. */
@Injectable()
export class PluginUserService {
  constructor(
    private readonly users: PluginUserRepository,
    private readonly tokens: PluginTokens,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError 400 for a bad body, a bad token, and a user whom the plugin has already */
  async create(plugin: ActivePlugin, body: unknown): Promise<{ id: number; sefaria_id: string }> {
    const sefariaId = await this.tokens.read(plugin, tokenOf(parseBody(body)));
    const id = await this.users.add(plugin.id, sefariaId, this.clock.now());
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
  async remove({ plugin, sefariaId }: PluginIdentity): Promise<{ status: 'deleted' }> {
    if (!(await this.users.remove(plugin.id, sefariaId))) throw userUnknown();
    return { status: 'deleted' };
  }

  /** Of registered plugins, whose users are our accounts. Again and again does no harm. */
  async forgetAccount(accountId: number): Promise<void> {
    await this.users.removeOfAccount(accountId);
  }
}

function answerOf({ id, sefaria_id, name, data }: PluginUserRow): PluginUserAnswer {
  return { id, sefaria_id, name, ...(JSON.parse(data) as JsonObject) };
}
