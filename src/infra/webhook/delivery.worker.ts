import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { isDead, MAX_ATTEMPTS, retryDelay } from '../outbox/outbox.rules';
import { errorText, LEASE_MS, QueueWorker } from '../periodic/queue-worker';
import { DeliveryQueueRepository, type DueDelivery } from './delivery-queue.repository';
import type { DeliveryEffect } from './inbound-call';
import { InboxLoad } from './inbox-load';
import { type Answered, InboxRepository } from './inbox.repository';
import { failure } from './inbox.service';
import { WebhookSources } from './webhook-sources';

/** While many calls wait for their answers, one delivery is begun in this time. */
const REST_MS = 100;

/** Processes what was answered first: it is tried again for some hours, and then dead until somebody looks at it. */
@Injectable()
export class DeliveryWorker extends QueueWorker<DueDelivery> {
  private claimedAt = -Infinity;

  constructor(
    private readonly queue: DeliveryQueueRepository,
    private readonly inbox: InboxRepository,
    private readonly sources: WebhookSources,
    private readonly load: InboxLoad,
    clock: Clock,
  ) {
    super(clock);
  }

  protected override get mostInFlight(): number {
    if (!this.load.isBusy) return super.mostInFlight;
    return performance.now() - this.claimedAt < REST_MS ? 0 : 1;
  }

  protected claim(limit: number): Promise<readonly DueDelivery[]> {
    this.claimedAt = performance.now();
    return this.queue.claim(this.clock.now(), this.in(LEASE_MS), limit);
  }

  protected extend(delivery: DueDelivery): Promise<void> {
    return this.queue.extend(delivery, this.in(LEASE_MS));
  }

  protected async work(delivery: DueDelivery): Promise<void> {
    let done: DeliveryEffect;
    try {
      done = await this.process(delivery);
    } catch (error) {
      return this.failed(delivery, error);
    }
    const isNews = done.changed || !delivery.hasEffect;
    const counted = await this.queue.done(delivery, isNews ? done.effect : undefined);
    if (counted) await this.report(delivery, { status: 200, effect: done.effect });
  }

  private process({ source, body, tries }: DueDelivery): Promise<DeliveryEffect> {
    // One that takes its process with it never gets to say that it failed.
    if (tries > MAX_ATTEMPTS) throw new Error('its attempts were begun and never ended');
    const { deferred } = this.sources.deferred(source);
    return deferred.process(readable(() => deferred.read(body)));
  }

  private async failed(delivery: DueDelivery, error: unknown): Promise<void> {
    const { id, source, tries } = delivery;
    const text = errorText(error);
    if (!isDead(tries) && !(error instanceof Unreadable)) {
      this.logger.warn(`delivery ${id} of ${source} failed at try ${tries}: ${text}`);
      return this.queue.retry(delivery, this.in(retryDelay(tries, Math.random())), text);
    }
    this.logger.error(`delivery ${id} of ${source} is given up at try ${tries}: ${text}`);
    if (await this.queue.dead(delivery, text)) await this.report(delivery, failure(error));
  }

  /** Whoever had it processed again finds the run beside it. */
  private async report({ id, requeuedBy }: DueDelivery, answered: Answered): Promise<void> {
    if (requeuedBy !== null) await this.inbox.addRun(id, requeuedBy, answered, this.clock.now());
  }
}

class Unreadable extends Error {
  override readonly name = 'Unreadable';
}

function readable<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new Unreadable(`it can't be read: ${errorText(error)}`, { cause: error });
  }
}
