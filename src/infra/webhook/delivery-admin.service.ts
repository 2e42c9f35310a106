import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { DomainError, notFound } from '../../common/domain-error';
import { type Page, pageOf, parsePage } from '../../common/page';
import { UnitOfWork } from '../database/unit-of-work';
import { DeliveryQueueRepository } from './delivery-queue.repository';
import { type DeliveryFilter, DeliverySearchRepository, type SourceTally } from './delivery-search.repository';
import type { DeliveryQuery } from './dto/delivery-query.request';
import { type Answered, InboxRepository } from './inbox.repository';
import { failure } from './inbox.service';
import type { WebhookDelivery } from './webhook-delivery.entity';
import type { WebhookDeliveryRun } from './webhook-delivery-run.entity';
import { type DeferredSource, isDeferred, type WebhookSource, WebhookSources } from './webhook-sources';
import { deliveryRejected } from './webhook.errors';

/** The status of a run that went well. */
const PROCESSED = 200;

export interface DeliveryWithRuns {
  readonly delivery: WebhookDelivery;
  readonly runs: readonly WebhookDeliveryRun[];
}

export interface SourceReport {
  readonly source: string;
  /** Of the secrets in force, newest first. */
  readonly secretIds: readonly string[];
  readonly tallies: readonly SourceTally[];
}

/** What administrators do with the inbox. */
@Injectable()
export class DeliveryAdminService {
  private readonly logger = new Logger(DeliveryAdminService.name);

  constructor(
    private readonly search: DeliverySearchRepository,
    private readonly deliveries: InboxRepository,
    private readonly queue: DeliveryQueueRepository,
    private readonly sources: WebhookSources,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async find(query: DeliveryQuery, url: URL): Promise<Page<WebhookDelivery>> {
    const page = parsePage(query);
    const [deliveries, count] = await this.search.find(filterOf(query), page);
    return pageOf(deliveries, count, page, url);
  }

  async get(id: number): Promise<DeliveryWithRuns> {
    const delivery = await this.search.byId(id);
    if (delivery === undefined) throw notFound();
    return { delivery, runs: await this.search.runsOf(id) };
  }

  /** Processes a kept delivery once more, as the same event; the run and what came of it are kept beside it. */
  async reprocess(id: number, actorId: number): Promise<DeliveryWithRuns> {
    const { delivery } = await this.get(id);
    if (delivery.verdict === 'rejected') {
      throw deliveryRejected();
    }
    const source = this.sources.get(delivery.source);
    try {
      await (isDeferred(source) ? this.processDeferred(source, delivery, actorId) : this.process(delivery, actorId));
    } catch (error) {
      if (!(error instanceof DomainError)) this.logger.error(error);
      await this.unitOfWork.run(() => this.noteFailure(source, delivery, actorId, failure(error)));
    }
    return this.get(id);
  }

  async reports(): Promise<SourceReport[]> {
    const tallies = await this.search.tally();
    const sources = [...this.sources.all].sort((a, b) => (a.name < b.name ? -1 : 1));
    return sources.map(({ name, verifier }) => ({
      source: name,
      secretIds: verifier.secretIds,
      tallies: tallies.filter(({ source }) => source === name),
    }));
  }

  private process(delivery: WebhookDelivery, actorId: number): Promise<void> {
    const { processor } = this.sources.prompt(delivery.source);
    return this.unitOfWork.run(async () => {
      const outcome = await processor.process(processor.read(delivery.body));
      await this.note(delivery, actorId, outcome);
      if (outcome.changed || outcome.status !== delivery.status)
        await this.deliveries.setAnswered(delivery.id, outcome);
    });
  }

  /** Now, and in place of the worker if it still waits for that. */
  private async processDeferred(
    { deferred }: DeferredSource,
    delivery: WebhookDelivery,
    actorId: number,
  ): Promise<void> {
    const { effect, changed } = await deferred.process(deferred.read(delivery.body));
    await this.unitOfWork.run(async () => {
      await this.note(delivery, actorId, { status: PROCESSED, effect });
      await this.queue.settle(delivery.id, changed || delivery.effect === null ? effect : undefined);
    });
  }

  private async noteFailure(
    source: WebhookSource,
    delivery: WebhookDelivery,
    actorId: number,
    failed: Answered,
  ): Promise<void> {
    await this.note(delivery, actorId, failed);
    // What was answered to the sender of a deferred call, and when it is due, stays as it is.
    if (!isDeferred(source)) await this.deliveries.setAnswered(delivery.id, failed);
  }

  private async note(delivery: WebhookDelivery, actorId: number, answered: Answered): Promise<void> {
    await this.deliveries.addRun(delivery.id, actorId, answered, this.clock.now());
    await this.deliveries.countAttempt(delivery.id);
  }
}

function filterOf(query: DeliveryQuery): DeliveryFilter {
  const { q: text, source, verdict, state, status, error, min_attempts, from, to, due_before } = query;
  return { text, source, verdict, state, status, error, minAttempts: min_attempts, from, to, dueBefore: due_before };
}
