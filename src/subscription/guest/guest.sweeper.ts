import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import { PeriodicJob } from '../../infra/periodic/periodic-job';
import { MembershipRepository } from '../membership/membership.repository';
import { UNPAID_LIFE_MS } from '../purchase/purchase.rules';
import { UnpaidCheckout } from '../purchase/unpaid-checkout.service';
import { TipSettler } from '../tip/tip.settler';
import { GuestCheckoutRepository, type GuestCheckoutRow } from './guest-checkout.repository';

const BATCH = 100;

/** Ends the checkouts that no guest has paid, and forgets whom they were for. What is paid after all is paid back. */
@Injectable()
export class GuestSweeper extends PeriodicJob {
  protected readonly everyMs = 3_600_000;

  constructor(
    private readonly checkouts: GuestCheckoutRepository,
    private readonly memberships: MembershipRepository,
    private readonly unpaid: UnpaidCheckout,
    private readonly tips: TipSettler,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {
    super();
  }

  /** Gives how many. */
  async run(): Promise<number> {
    const before = new Date(this.clock.now().getTime() - UNPAID_LIFE_MS);
    let forgotten = 0;
    for (let last = 0; ;) {
      const open = await this.checkouts.unpaid(before, last, BATCH);
      for (const id of open) if (await this.forget(id)) forgotten += 1;
      if (open.length < BATCH) return forgotten;
      last = open.at(-1) ?? last;
    }
  }

  /** False where it is paid, or is about to be: the news of that is on the way. */
  private async forget(id: number): Promise<boolean> {
    const known = await this.checkouts.byId(id);
    if (known === undefined || !(await this.unpaid.ask(known))) return false;
    return this.unitOfWork.run(async () => {
      if (known.tierId !== null) await this.memberships.lockTier(known.tierId);
      const checkout = await this.checkouts.lock(id);
      if (checkout === undefined || checkout.paidAt !== null || !(await this.end(checkout))) return false;
      await this.checkouts.remove(id);
      return true;
    });
  }

  private async end({ kind, subscriptionId, orderId }: GuestCheckoutRow): Promise<boolean> {
    if (subscriptionId !== null) return this.unpaid.end(subscriptionId);
    if (orderId === null) return true;
    if (await this.unpaid.isUnderWay(orderId)) return false;
    if (kind === 'tip') await this.tips.lapse(orderId);
    return true;
  }
}
