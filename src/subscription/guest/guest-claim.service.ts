import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { emailKey } from '../../common/normalise';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import { PayerService } from '../../payment/payment/payer.service';
import { MembershipRepository } from '../membership/membership.repository';
import { GuestCheckoutRepository, type GuestCheckoutRow } from './guest-checkout.repository';
import { GuestHandover } from './guest-handover';
import { isWaiting } from './guest.rules';

/** As many wait for one mailbox at most, at a time. */
const BATCH = 100;

/** What waits for a mailbox becomes its owner's. */
@Injectable()
export class GuestClaimService {
  constructor(
    private readonly checkouts: GuestCheckoutRepository,
    private readonly memberships: MembershipRepository,
    private readonly handover: GuestHandover,
    private readonly payers: PayerService,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * Gives how many came; undefined where the account is gone. The caller knows that the mailbox is proven to be the
   * account's. Joins the running unit of work; repeatable, and at once by link and by fact: each comes once.
   */
  async claimAll(accountId: number, email: string): Promise<number | undefined> {
    return this.unitOfWork.run(async () => {
      // Whoever closes the account waits.
      if (!(await this.memberships.holdAccount(accountId))) return undefined;
      let claimed = 0;
      for (const { id, tierId } of await this.checkouts.waiting(emailKey(email), BATCH)) {
        if (tierId !== null) await this.memberships.lockTier(tierId);
        const checkout = await this.checkouts.lock(id);
        if (checkout === undefined || !isWaiting(checkout)) continue;
        await this.claim(checkout, accountId);
        claimed += 1;
      }
      return claimed;
    });
  }

  private async claim(checkout: GuestCheckoutRow, accountId: number): Promise<void> {
    const now = this.clock.now();
    await this.payers.bind(checkout, accountId);
    const claimed = { claimedBy: accountId, claimedAt: now, slot: null, updatedAt: now };
    await this.checkouts.change(checkout.id, { ...claimed, email: null, emailKey: null, phone: null });
    await this.handover.give(checkout, accountId);
  }
}
