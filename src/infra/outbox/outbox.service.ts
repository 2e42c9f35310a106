import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { UnitOfWork } from '../database/unit-of-work';
import type { Fact } from './fact';
import { FactListeners } from './fact-listeners';
import { OutboxDispatcher } from './outbox.dispatcher';
import { OutboxRepository } from './outbox.repository';

const SETTLING_PAUSES_MS = [5, 10, 20, 40, 80, 160, 320, 365];

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

  /**
   * The ids of the deliveries, one for each listener. Throws outside a unit of work: a fact without its change, or a
   * change without its fact, is a lie.
   */
  async publish(fact: Fact): Promise<readonly number[]> {
    if (!this.unitOfWork.active) throw new Error(`the fact ${fact.topic} needs a unit of work`);
    const listeners = this.listeners.of(fact);
    if (listeners.length === 0) return [];
    const stored = { id: randomUUID(), topic: fact.topic, payload: JSON.stringify(fact.payload), listeners };
    const deliveries = await this.deliveries.add(stored, this.clock.now());
    this.unitOfWork.afterCommit(() => this.dispatcher.wake());
    return deliveries;
  }

  /**
   * Resolves when every listener has been called, by whichever instance, and after a second at the latest: for a caller
   * whose client looks next at what the listeners do. After the commit, never inside a unit of work.
   */
  async settled(deliveries: readonly number[]): Promise<void> {
    this.unitOfWork.refuseInside('waiting for deliveries');
    if (deliveries.length === 0) return;
    for (const milliseconds of SETTLING_PAUSES_MS) {
      await pause(milliseconds);
      if (await this.deliveries.tried(deliveries)) return;
    }
  }
}
