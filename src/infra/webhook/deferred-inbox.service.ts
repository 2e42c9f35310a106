import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { type Bounds, Coalescer } from '../../common/coalescer';
import { UnitOfWork } from '../database/unit-of-work';
import { WaitingCalls } from '../periodic/waiting-calls';
import { BacklogMeter } from './backlog.meter';
import { DeferredInboxRepository } from './deferred-inbox.repository';
import { DeliveryWorker } from './delivery.worker';
import { RefusalMeter } from './refusal.meter';
import type { SignedCall } from './signed-call';
import { inboxFull } from './webhook.errors';

/** Calls that come while others are being written are written together: a commit costs the same for one and for all. */
const TOGETHER: Bounds = { batches: 4, items: 32 };

/** Where genuine calls of deferred sources are kept. */
@Injectable()
export class DeferredInboxService {
  private readonly writing: Coalescer<SignedCall, boolean>;

  constructor(
    private readonly deliveries: DeferredInboxRepository,
    private readonly worker: DeliveryWorker,
    private readonly waiting: WaitingCalls,
    private readonly backlog: BacklogMeter,
    private readonly refusals: RefusalMeter,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {
    this.writing = new Coalescer((calls) => this.deliveries.acceptAll(calls, this.clock.now()), TOGETHER);
  }

  /**
   * Keeps a call for the worker, or counts it as a repeat. When this resolves, it is committed; 503 where too many are
   * on their way.
   */
  async accept(call: SignedCall): Promise<void> {
    if (this.backlog.isFull) {
      this.refusals.add();
      throw inboxFull();
    }
    // Others may be written with it, in a transaction that is nobody's.
    this.unitOfWork.refuseInside('keeping a call');
    const isNew = await this.waiting.during(() => this.writing.add(call));
    // Of a repeat the first is on its way, or done.
    if (!isNew) return;
    this.backlog.add();
    this.worker.wake();
  }
}
