import type { PluginUserCreatedPayload } from '../../plugin-user/events/plugin-user-created.event';
import type { PluginUserDeletedPayload } from '../../plugin-user/events/plugin-user-deleted.event';
import type { OutgoingEvent } from './outgoing-event';

export function pluginUserCreatedEvent(fact: PluginUserCreatedPayload): OutgoingEvent {
  const { plugin_id, owner_id, plugin_user_id, at } = fact;
  return { type: 'plugin_user.created', ownerId: owner_id, at, data: { plugin_id, plugin_user_id } };
}

export function pluginUserDeletedEvent(fact: PluginUserDeletedPayload): OutgoingEvent {
  const { plugin_id, owner_id, plugin_user_id, reason, at } = fact;
  return { type: 'plugin_user.deleted', ownerId: owner_id, at, data: { plugin_id, plugin_user_id, reason } };
}
