import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { DomainError, notFound } from '../../common/domain-error';
import { type Page, pageOf, parsePage } from '../../common/page';
import { UnitOfWork } from '../database/unit-of-work';
import { DeliverySearchRepository, type SourceTally } from './delivery-search.repository';
import type { DeliveryQuery } from './dto/delivery-query.request';
import { type Answered, InboxRepository } from './inbox.repository';
import { failure } from './inbox.service';
import type { WebhookDelivery } from './webhook-delivery.entity';
import type { WebhookDeliveryRun } from './webhook-delivery-run.entity';
import { WebhookSources } from './webhook-sources';
import { deliveryRejected } from './webhook.errors';

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
    private readonly sources: WebhookSources,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async find(query: DeliveryQuery, url: URL): Promise<Page<WebhookDelivery>> {
    const page = parsePage(query);
    const { q: text, source, verdict, status, from, to } = query;
    const [deliveries, count] = await this.search.find({ text, source, verdict, status, from, to }, page);
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
    try {
      await this.unitOfWork.run(() => this.process(delivery, actorId));
    } catch (error) {
      if (!(error instanceof DomainError)) this.logger.error(error);
      await this.unitOfWork.run(() => this.note(delivery, actorId, failure(error), true));
    }
    return this.get(id);
  }

  async reports(): Promise<SourceReport[]> {
    const tallies = await this.search.tally();
    return this.sources.all.map(({ name, verifier }) => ({
      source: name,
      secretIds: verifier.secretIds,
      tallies: tallies.filter(({ source }) => source === name),
    }));
  }

  private async process(delivery: WebhookDelivery, actorId: number): Promise<void> {
    const { processor } = this.sources.get(delivery.source);
    const outcome = await processor.process(processor.read(delivery.body));
    await this.note(delivery, actorId, outcome, outcome.changed);
  }

  private async note(delivery: WebhookDelivery, actorId: number, answered: Answered, changed: boolean): Promise<void> {
    await this.deliveries.addRun(delivery.id, actorId, answered, this.clock.now());
    if (changed || answered.status !== delivery.status) await this.deliveries.setAnswered(delivery.id, answered);
  }
}
