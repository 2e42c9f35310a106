import type { Fact } from '../../infra/outbox/fact';

/** Of a user only the plugin's own number, never an id or a name: facts are kept and sent where tokens must not go. */
export type PluginUserCreatedPayload = {
  plugin_id: number;
  owner_id: number;
  plugin_user_id: number;
  at: string;
};

/** A plugin has a user more. Told of plugins that have an owner. */
export class PluginUserCreated implements Fact {
  static readonly topic = 'plugin-user-created';
  readonly topic = PluginUserCreated.topic;

  constructor(readonly payload: PluginUserCreatedPayload) {}
}
