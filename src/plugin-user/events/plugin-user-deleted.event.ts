import type { Fact } from '../../infra/outbox/fact';

/** `plugin`: it asked for it. `account_closed`: the person is gone, and with them what the plugin kept here. */
export type PluginUserDeletedReason = 'plugin' | 'account_closed';

/** As `PluginUserCreatedPayload`. */
export type PluginUserDeletedPayload = {
  plugin_id: number;
  owner_id: number;
  plugin_user_id: number;
  reason: PluginUserDeletedReason;
  at: string;
};

/** A plugin has a user less. Told of plugins that have an owner. */
export class PluginUserDeleted implements Fact {
  static readonly topic = 'plugin-user-deleted';
  readonly topic = PluginUserDeleted.topic;

  constructor(readonly payload: PluginUserDeletedPayload) {}
}
