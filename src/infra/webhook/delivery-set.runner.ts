import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { zip } from '../../common/zip';
import { isDead, MAX_ATTEMPTS, retryDelay } from '../outbox/outbox.rules';
import { errorText } from '../periodic/queue-worker';
import { DeliveryQueueRepository, type DueDelivery } from './delivery-queue.repository';
import type { DeliverySet } from './delivery-set';
import type { DeferredProcessor, DeliveryEffect } from './inbound-call';
import { type Answered, InboxRepository } from './inbox.repository';
import { failure } from './inbox.service';
import { WebhookSources } from './webhook-sources';

interface Readable {
  readonly delivery: DueDelivery;
  readonly document: unknown;
}

interface Processed {
  readonly delivery: DueDelivery;
  readonly done: DeliveryEffect;
}

/** Processes claimed deliveries: together where that may be, otherwise one by one, and keeps how each has ended. */
@Injectable()
export class DeliverySetRunner {
  private readonly logger = new Logger(DeliverySetRunner.name);

  constructor(
    private readonly queue: DeliveryQueueRepository,
    private readonly inbox: InboxRepository,
    private readonly sources: WebhookSources,
    private readonly clock: Clock,
  ) {}

  /** What is left when `isStopping` is claimed again, by whomever, when its lease is over. */
  async run(set: DeliverySet, isStopping: () => boolean): Promise<void> {
    const readable = await this.read(set.deliveries);
    if (readable.length === 0) return;
    set.open = deliveriesOf(readable);
    const { deferred } = this.sources.deferred(set.source);
    const left = [...(await this.together(deferred, readable))];
    for (let next = left.shift(); next !== undefined && !isStopping(); next = left.shift()) {
      set.open = deliveriesOf([next, ...left]);
      await this.alone(deferred, next);
    }
  }

  /** Those that can be read, and whose turn it is. */
  private async read(deliveries: readonly DueDelivery[]): Promise<Readable[]> {
    const readable: Readable[] = [];
    for (const delivery of deliveries) {
      try {
        readable.push({ delivery, document: this.documentOf(delivery) });
      } catch (error) {
        await this.failed(delivery, error);
      }
    }
    return readable;
  }

  private documentOf({ source, body, tries }: DueDelivery): unknown {
    // One that takes its process with it never gets to say that it failed.
    if (tries > MAX_ATTEMPTS) throw new Error('its attempts were begun and never ended');
    const { deferred } = this.sources.deferred(source);
    try {
      return deferred.read(body);
    } catch (error) {
      throw new Unreadable(`it can't be read: ${errorText(error)}`, { cause: error });
    }
  }

  /** Gives those that are to be processed one by one: what has failed before would have others fail. */
  private async together(deferred: DeferredProcessor, readable: readonly Readable[]): Promise<readonly Readable[]> {
    const fit = readable.filter(({ delivery, document }) => delivery.tries === 1 && deferred.isComplete(document));
    if (fit.length < 2) return readable;
    let effects: DeliveryEffect[];
    try {
      effects = await deferred.processTogether(fit.map(({ document }) => document));
    } catch (error) {
      this.logger.warn(`${fit.length} deliveries could not be processed together: ${errorText(error)}`);
      return readable;
    }
    await this.done(zip(fit, effects).map(([{ delivery }, done]) => ({ delivery, done })));
    return readable.filter((one) => !fit.includes(one));
  }

  private async alone(deferred: DeferredProcessor, { delivery, document }: Readable): Promise<void> {
    let done: DeliveryEffect;
    try {
      done = await deferred.process(document);
    } catch (error) {
      return this.failed(delivery, error);
    }
    await this.done([{ delivery, done }]);
  }

  private async done(ended: readonly Processed[]): Promise<void> {
    const counted = await this.queue.allDone(
      ended.map(({ delivery, done }) => {
        const isNews = done.changed || !delivery.hasEffect;
        return { delivery, effect: isNews ? done.effect : undefined };
      }),
    );
    for (const { delivery, done } of ended) {
      if (counted.has(delivery.id)) await this.report(delivery, { status: 200, effect: done.effect });
    }
  }

  private async failed(delivery: DueDelivery, error: unknown): Promise<void> {
    const { id, source, tries } = delivery;
    const text = errorText(error);
    if (!isDead(tries) && !(error instanceof Unreadable)) {
      this.logger.warn(`delivery ${id} of ${source} failed at try ${tries}: ${text}`);
      const at = new Date(this.clock.now().getTime() + retryDelay(tries, Math.random()));
      return this.queue.retry(delivery, at, text);
    }
    this.logger.error(`delivery ${id} of ${source} is given up at try ${tries}: ${text}`);
    if (await this.queue.dead(delivery, text)) await this.report(delivery, failure(error));
  }

  /** Whoever had it processed again finds the run beside it. */
  private async report({ id, requeuedBy }: DueDelivery, answered: Answered): Promise<void> {
    if (requeuedBy !== null) await this.inbox.addRun(id, requeuedBy, answered, this.clock.now());
  }
}

function deliveriesOf(readable: readonly Readable[]): DueDelivery[] {
  return readable.map(({ delivery }) => delivery);
}

/** No repetition makes it better. */
class Unreadable extends Error {
  override readonly name = 'Unreadable';
}
