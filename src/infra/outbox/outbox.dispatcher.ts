import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { errorText, LEASE_MS, QueueWorker } from '../periodic/queue-worker';
import { WaitingCalls } from '../periodic/waiting-calls';
import type { JsonObject } from './fact';
import { FactListeners } from './fact-listeners';
import { type DueDelivery, OutboxRepository } from './outbox.repository';
import { isDead, MAX_ATTEMPTS, retryDelay } from './outbox.rules';

/** Delivers stored facts to their listeners. */
@Injectable()
export class OutboxDispatcher extends QueueWorker<DueDelivery> {
  constructor(
    private readonly deliveries: OutboxRepository,
    private readonly listeners: FactListeners,
    waiting: WaitingCalls,
    clock: Clock,
  ) {
    super(clock, waiting);
  }

  protected claim(limit: number): Promise<readonly DueDelivery[]> {
    return this.deliveries.claim(this.clock.now(), this.in(LEASE_MS), limit);
  }

  protected extend(delivery: DueDelivery): Promise<void> {
    return this.deliveries.extend(delivery, this.in(LEASE_MS));
  }

  protected async work(delivery: DueDelivery): Promise<void> {
    const { factId, attempts: attempt, listener } = delivery;
    try {
      const handler = this.listeners.handler(listener);
      if (handler === undefined) throw new Error(`no listener is named ${listener}`);
      // One that takes its process with it never gets to say that it failed.
      if (attempt > MAX_ATTEMPTS) throw new Error('its attempts were begun and never ended');
      await handler(JSON.parse(delivery.payload) as JsonObject, { factId, attempt });
    } catch (error) {
      const status = isDead(attempt) ? 'dead' : 'pending';
      this.logger.warn(`${listener} failed at attempt ${attempt} (${status}): ${errorText(error)}`);
      const runAt = this.in(retryDelay(attempt, Math.random()));
      return this.deliveries.failed(delivery, { status, runAt, error: errorText(error) });
    }
    return this.deliveries.done(delivery);
  }
}
