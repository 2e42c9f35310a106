import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { UnitOfWork } from '../database/unit-of-work';
import type { Fact } from './fact';
import { FactListeners } from './fact-listeners';
import { OutboxDispatcher } from './outbox.dispatcher';
import { OutboxRepository } from './outbox.repository';

/** Tells facts. They are stored with the change they speak of and delivered after it is committed, at least once. */
@Injectable()
export class OutboxService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly listeners: FactListeners,
    private readonly deliveries: OutboxRepository,
    private readonly dispatcher: OutboxDispatcher,
    private readonly clock: Clock,
  ) {}

  /** Throws outside a unit of work: a fact without its change, or a change without its fact, is a lie. */
  async publish(fact: Fact): Promise<void> {
    if (!this.unitOfWork.active) throw new Error(`the fact ${fact.topic} needs a unit of work`);
    const listeners = this.listeners.of(fact.topic);
    if (listeners.length === 0) return;
    const id = randomUUID();
    const payload = JSON.stringify(fact.payload);
    const now = this.clock.now();
    for (const listener of listeners) await this.deliveries.add({ id, topic: fact.topic, payload, listener }, now);
    this.unitOfWork.afterCommit(() => this.dispatcher.wake());
  }
}
