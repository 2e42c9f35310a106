import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import { DeliveryQueueRepository } from '../deliver/delivery-queue.repository';
import { DeliveryWorker } from '../deliver/delivery.worker';
import { EndpointRepository } from '../endpoint/endpoint.repository';
import { eventBody } from '../event/event-type.rules';
import type { OutgoingEvent } from '../event/outgoing-event';
import { EventPersonRepository } from './event-person.repository';

/** Puts what happened on its way to the endpoints of the one whom it concerns. */
@Injectable()
export class EventWriter {
  constructor(
    private readonly endpoints: EndpointRepository,
    private readonly queue: DeliveryQueueRepository,
    private readonly worker: DeliveryWorker,
    private readonly persons: EventPersonRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** One delivery for each endpoint and fact, however often it is told. */
  async write(event: OutgoingEvent | undefined, factId: string): Promise<void> {
    if (event === undefined) return;
    const listening = (await this.endpoints.enabledOf(event.ownerId)).filter(({ events }) =>
      events.includes(event.type),
    );
    if (listening.length === 0) return;
    const now = this.clock.now();
    const at = event.at === undefined ? now : new Date(event.at);
    await this.unitOfWork.run(async () => {
      const { person, type } = event;
      const named = person && person.id !== null ? await this.persons.hold(person.id) : undefined;
      const held = await this.queue.holdEnabled(listening.map(({ id }) => id));
      if (held.length === 0) return;
      const data = person === undefined ? event.data : { ...event.data, [person.as]: named ?? null };
      const message = {
        messageId: `msg_${factId}`,
        type,
        body: eventBody(type, at, data),
        personId: named?.id ?? null,
      };
      await this.queue.add(held, message, now);
      await this.queue.makeDue(held, now);
      this.unitOfWork.afterCommit(() => this.worker.wake());
    });
  }
}
