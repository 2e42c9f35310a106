import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { BacklogMeter } from './backlog.meter';
import { DeferredInboxRepository } from './deferred-inbox.repository';
import { DeliveryWorker } from './delivery.worker';
import { InboxLoad } from './inbox-load';
import { RefusalMeter } from './refusal.meter';
import type { SignedCall } from './signed-call';
import { inboxFull } from './webhook.errors';

/** Where genuine calls of deferred sources are kept. */
@Injectable()
export class DeferredInboxService {
  constructor(
    private readonly deliveries: DeferredInboxRepository,
    private readonly worker: DeliveryWorker,
    private readonly load: InboxLoad,
    private readonly backlog: BacklogMeter,
    private readonly refusals: RefusalMeter,
    private readonly clock: Clock,
  ) {}

  /**
   * Keeps a call for the worker, or counts it as a repeat. When this resolves, it is committed; 503 where too many are
   * on their way.
   */
  async accept(call: SignedCall): Promise<void> {
    if (this.backlog.isFull || this.load.isFull) {
      this.refusals.add();
      throw inboxFull();
    }
    const isNew = await this.load.during(() => this.deliveries.accept(call, this.clock.now()));
    // Of a repeat the first is on its way, or done.
    if (!isNew) return;
    this.backlog.add();
    this.worker.wake();
  }
}
