import { Injectable } from '@nestjs/common';
import { type Delivery, OnFact } from '../../infra/outbox/on-fact';
import { PluginUserCreated, type PluginUserCreatedPayload } from '../../plugin-user/events/plugin-user-created.event';
import { PluginUserDeleted, type PluginUserDeletedPayload } from '../../plugin-user/events/plugin-user-deleted.event';
import { pluginUserCreatedEvent, pluginUserDeletedEvent } from '../event/plugin-event.rules';
import { EventWriter } from './event.writer';

/** What becomes of a plugin's users, for its owner. */
@Injectable()
export class PluginEventListener {
  constructor(private readonly writer: EventWriter) {}

  @OnFact(PluginUserCreated.topic, 'webhook-endpoint.plugin-user-created')
  created(fact: PluginUserCreatedPayload, { factId }: Delivery): Promise<void> {
    return this.writer.write(pluginUserCreatedEvent(fact), factId);
  }

  @OnFact(PluginUserDeleted.topic, 'webhook-endpoint.plugin-user-deleted')
  deleted(fact: PluginUserDeletedPayload, { factId }: Delivery): Promise<void> {
    return this.writer.write(pluginUserDeletedEvent(fact), factId);
  }
}
