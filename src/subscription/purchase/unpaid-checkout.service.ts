import { Injectable } from '@nestjs/common';
import { DomainError } from '../../common/domain-error';
import { HoldService } from '../../payment/checkout/hold.service';
import { MandateService } from '../../payment/mandate/mandate.service';
import type { PaidFor } from '../../payment/payment/payer.service';
import { PaymentService } from '../../payment/payment/payment.service';
import { PurchaseSettler } from './purchase.settler';
import type { SubscriptionRow } from './subscription.repository';

/** Checkouts that nobody seems to have paid. */
@Injectable()
export class UnpaidCheckout {
  constructor(
    private readonly settler: PurchaseSettler,
    private readonly mandates: MandateService,
    private readonly holds: HoldService,
    private readonly payments: PaymentService,
  ) {}

  /**
   * Asks the gateway for payments that we have not heard of. False: it can't be asked at the moment. Outside of any unit
   * of work.
   */
  async ask({ orderId, mandateId }: PaidFor): Promise<boolean> {
    try {
      if (mandateId !== null) await this.mandates.sync(mandateId);
      if (orderId !== null) await this.holds.refresh(orderId);
      return true;
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      // What the gateway does not know can't be paid there.
      return error.code === 'gateway_refused';
    }
  }

  /** Whether an order is as good as paid: whoever is to hear of it hears of it soon. */
  async isUnderWay(orderId: number): Promise<boolean> {
    if ((await this.payments.ofOrder(orderId)).paidAt !== null) return true;
    return (await this.payments.heldSince(orderId)) !== null;
  }

  /** A purchase that is not paid makes room: what is paid on it after all goes back. False where it goes on. Repeatable. */
  async end(subscriptionId: number): Promise<boolean> {
    const row = await this.settler.change(subscriptionId, async (held) => {
      const now = await this.settler.bring(held);
      return (await this.isUnpaid(now)) ? this.settler.retire(now) : now;
    });
    return row === undefined || row.liveSlot === null;
  }

  private async isUnpaid({ liveSlot, status, orderId }: SubscriptionRow): Promise<boolean> {
    if (liveSlot === null || status !== 'created') return false;
    return orderId === null || !(await this.isUnderWay(orderId));
  }
}
