import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Clock } from '../../common/clock';
import type { JsonObject } from './fact';
import { FactListeners } from './fact-listeners';
import { type DueDelivery, OutboxRepository } from './outbox.repository';
import { isDead, MAX_ATTEMPTS, retryDelay } from './outbox.rules';

const POLL_MS = 1_000;
const LEASE_MS = 15_000;
const HEARTBEAT_MS = 5_000;
const MAX_IN_FLIGHT = 8;
const MAX_ERROR_LENGTH = 500;

/**
 * Delivers stored facts to their listeners. Any number of instances may run: a row is claimed by one, its lease is
 * renewed while the listener works, and runs out by itself when the process dies.
 */
@Injectable()
export class OutboxDispatcher implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(OutboxDispatcher.name);
  private readonly inFlight = new Set<Promise<void>>();
  private timer: NodeJS.Timeout | undefined;
  private claiming: Promise<void> | undefined;
  private wanted = false;
  private running = false;

  constructor(
    private readonly deliveries: OutboxRepository,
    private readonly listeners: FactListeners,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.running = true;
    this.timer = setInterval(() => this.wake(), POLL_MS).unref();
    this.wake();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.running = false;
    clearInterval(this.timer);
    await this.claiming;
    await Promise.allSettled(this.inFlight);
  }

  /** Looks for work now; calls that come while it looks make it look once more. */
  wake(): void {
    this.wanted = true;
    if (!this.running || this.claiming !== undefined) return;
    this.claiming = this.claimWhileWanted().finally(() => {
      this.claiming = undefined;
    });
  }

  private async claimWhileWanted(): Promise<void> {
    for (let room = this.room(); this.wanted && this.running && room > 0; room = this.room()) {
      this.wanted = false;
      try {
        const due = await this.deliveries.claim(this.clock.now(), this.in(LEASE_MS), room);
        this.wanted ||= due.length === room;
        for (const delivery of due) this.start(delivery);
      } catch (error) {
        this.logger.error(`the outbox can't be read: ${textOf(error)}`);
      }
    }
  }

  private start(delivery: DueDelivery): void {
    const work = this.deliver(delivery).finally(() => {
      this.inFlight.delete(work);
      if (this.wanted) this.wake();
    });
    this.inFlight.add(work);
  }

  private room(): number {
    return MAX_IN_FLIGHT - this.inFlight.size;
  }

  private async deliver(delivery: DueDelivery): Promise<void> {
    const heartbeat = setInterval(() => {
      this.deliveries.extend(delivery, this.in(LEASE_MS)).catch((error: unknown) => {
        this.logger.warn(`the lease of delivery ${delivery.id} was not renewed: ${textOf(error)}`);
      });
    }, HEARTBEAT_MS).unref();
    try {
      await this.handle(delivery);
    } catch (error) {
      this.logger.error(`delivery ${delivery.id} ended open: ${textOf(error)}`);
    } finally {
      clearInterval(heartbeat);
    }
  }

  private async handle(delivery: DueDelivery): Promise<void> {
    const { factId, attempts: attempt, listener } = delivery;
    try {
      const handler = this.listeners.handler(listener);
      if (handler === undefined) throw new Error(`no listener is named ${listener}`);
      // One that takes its process with it never gets to say that it failed.
      if (attempt > MAX_ATTEMPTS) throw new Error('its attempts were begun and never ended');
      await handler(JSON.parse(delivery.payload) as JsonObject, { factId, attempt });
    } catch (error) {
      const status = isDead(attempt) ? 'dead' : 'pending';
      this.logger.warn(`${listener} failed at attempt ${attempt} (${status}): ${textOf(error)}`);
      const runAt = this.in(retryDelay(attempt, Math.random()));
      return this.deliveries.failed(delivery, { status, runAt, error: textOf(error) });
    }
    return this.deliveries.done(delivery);
  }

  private in(milliseconds: number): Date {
    return new Date(this.clock.now().getTime() + milliseconds);
  }
}

function textOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, MAX_ERROR_LENGTH);
}
