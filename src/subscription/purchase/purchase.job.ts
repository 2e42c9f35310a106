import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { PeriodicJob } from '../../infra/periodic/periodic-job';
import { PurchaseSettler } from './purchase.settler';
import { SubscriptionRepository } from './subscription.repository';

const BATCH = 100;

/** Says of purchases whose access has run out that it has. */
@Injectable()
export class PurchaseJob extends PeriodicJob {
  protected readonly everyMs = 30_000;

  constructor(
    private readonly subscriptions: SubscriptionRepository,
    private readonly settler: PurchaseSettler,
    private readonly clock: Clock,
  ) {
    super();
  }

  async run(): Promise<void> {
    for (;;) {
      const due = await this.subscriptions.due(this.clock.now(), BATCH);
      for (const id of due) await this.settler.settle(id);
      if (due.length < BATCH) return;
    }
  }
}
