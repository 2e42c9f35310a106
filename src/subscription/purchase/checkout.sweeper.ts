import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { PeriodicJob } from '../../infra/periodic/periodic-job';
import { UNPAID_LIFE_MS } from './purchase.rules';
import { SubscriptionRepository } from './subscription.repository';
import { UnpaidCheckout } from './unpaid-checkout.service';

const HOUR_MS = 3_600_000;
const BATCH = 100;

/** Ends the checkouts that no member has paid. What is paid after all is paid back. */
@Injectable()
export class CheckoutSweeper extends PeriodicJob {
  protected readonly everyMs = HOUR_MS;

  constructor(
    private readonly subscriptions: SubscriptionRepository,
    private readonly unpaid: UnpaidCheckout,
    private readonly clock: Clock,
  ) {
    super();
  }

  /** Gives how many. */
  async run(): Promise<number> {
    const before = new Date(this.clock.now().getTime() - UNPAID_LIFE_MS);
    let ended = 0;
    for (let last = 0; ;) {
      const open = await this.subscriptions.unpaid(before, last, BATCH);
      for (const row of open) if ((await this.unpaid.ask(row)) && (await this.unpaid.end(row.id))) ended += 1;
      if (open.length < BATCH) return ended;
      last = open.at(-1)?.id ?? last;
    }
  }
}
