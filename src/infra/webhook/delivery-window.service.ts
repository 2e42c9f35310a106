import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { DeferredInboxRepository, type DeliveryWindow, type WindowDelivery } from './deferred-inbox.repository';
import { DeliveryWorker } from './delivery.worker';
import type { DeliveryEffect } from './inbound-call';
import { failure } from './inbox.service';
import { isDeferred, WebhookSources } from './webhook-sources';
import { notDeferred, windowEndsFirst, windowTooLong } from './webhook.errors';

const LONGEST_DAYS = 31;
const DAY_MS = 86_400_000;
const MOST_PREVIEWS = 100;
const BATCH = 500;

export interface WindowWanted {
  readonly from: Date;
  readonly to: Date;
  /** None: all whose calls are deferred. */
  readonly source?: string;
}

export interface Preview extends DeliveryEffect {
  readonly id: number;
}

export interface WindowPreview {
  readonly matched: number;
  /** Of the first hundred. */
  readonly previews: readonly Preview[];
}

export interface Requeued {
  readonly matched: number;
  /** Those that were not waiting already. */
  readonly queued: number;
}

/** Processing what arrived in a time once more, as the same events, with the same effects. */
@Injectable()
export class DeliveryWindowService {
  constructor(
    private readonly deliveries: DeferredInboxRepository,
    private readonly sources: WebhookSources,
    private readonly worker: DeliveryWorker,
    private readonly clock: Clock,
  ) {}

  /** What would change. */
  async preview(wanted: WindowWanted): Promise<WindowPreview> {
    const window = this.windowOf(wanted);
    const matched = await this.deliveries.countIn(window);
    const previews: Preview[] = [];
    for (const delivery of await this.deliveries.deliveriesIn(window, 0, MOST_PREVIEWS)) {
      previews.push({ id: delivery.id, ...(await this.previewOf(delivery)) });
    }
    return { matched, previews };
  }

  /** Queues them behind all that comes by itself, in batches that hold no lock for long. */
  async requeue(wanted: WindowWanted, actorId: number): Promise<Requeued> {
    const window = this.windowOf(wanted);
    let [matched, queued, last] = [0, 0, 0];
    for (;;) {
      const ids = await this.deliveries.idsIn(window, last, BATCH);
      matched += ids.length;
      queued += await this.deliveries.requeue(ids, actorId, this.clock.now());
      this.worker.wake();
      if (ids.length < BATCH) return { matched, queued };
      last = ids.at(-1) ?? last;
    }
  }

  private async previewOf({ source, body }: WindowDelivery): Promise<DeliveryEffect> {
    const { deferred } = this.sources.deferred(source);
    try {
      return await deferred.preview(deferred.read(body));
    } catch (error) {
      return { changed: false, effect: failure(error).effect };
    }
  }

  private windowOf({ from, to, source }: WindowWanted): DeliveryWindow {
    if (to <= from) throw windowEndsFirst();
    if (to.getTime() - from.getTime() > LONGEST_DAYS * DAY_MS) throw windowTooLong(LONGEST_DAYS);
    const deferred = this.sources.all.filter(isDeferred).map(({ name }) => name);
    if (source !== undefined && !deferred.includes(source)) throw notDeferred(source);
    return { from, to, sources: source === undefined ? deferred : [source] };
  }
}
