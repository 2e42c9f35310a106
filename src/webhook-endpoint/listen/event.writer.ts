import { Injectable } from '@nestjs/common';
import { AccountService } from '../../auth/account/account.service';
import { Clock } from '../../common/clock';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import type { JsonObject } from '../../infra/outbox/fact';
import { DeliveryQueueRepository } from '../deliver/delivery-queue.repository';
import { DeliveryWorker } from '../deliver/delivery.worker';
import { EndpointRepository } from '../endpoint/endpoint.repository';
import { eventBody } from '../event/event-type.rules';
import type { OutgoingEvent } from '../event/outgoing-event';

/** Puts what happened on its way to the endpoints of the one whom it concerns. */
@Injectable()
export class EventWriter {
  constructor(
    private readonly endpoints: EndpointRepository,
    private readonly queue: DeliveryQueueRepository,
    private readonly worker: DeliveryWorker,
    private readonly accounts: AccountService,
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
    const body = eventBody(event.type, at, await this.dataOf(event));
    const message = { messageId: `msg_${factId}`, type: event.type, body };
    await this.unitOfWork.run(async () => {
      const held = await this.queue.holdEnabled(listening.map(({ id }) => id));
      if (held.length === 0) return;
      await this.queue.add(held, message, now);
      await this.queue.makeDue(held, now);
      this.unitOfWork.afterCommit(() => this.worker.wake());
    });
  }

  private async dataOf({ data, person }: OutgoingEvent): Promise<JsonObject> {
    if (person === undefined) return data;
    const account = person.id === null ? undefined : await this.accounts.findById(person.id);
    return { ...data, [person.as]: account ? { id: account.id, username: account.username } : null };
  }
}
