import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { Settings } from '../../infra/config/settings';
import { MandateService } from '../../payment/mandate/mandate.service';
import { PaymentService } from '../../payment/payment/payment.service';
import { type Standing, standingOfFree, standingOfMandate, standingOfOrder, waiting } from './purchase.rules';
import type { SubscriptionRow } from './subscription.repository';
import type { AccessMoment } from './subscription.state';

/** How a purchase stands by what the gateway has told. */
@Injectable()
export class PurchaseStanding {
  constructor(
    private readonly mandates: MandateService,
    private readonly payments: PaymentService,
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  async of(row: SubscriptionRow): Promise<Standing> {
    const moment: AccessMoment = { now: this.clock.now(), graceDays: this.settings.graceDays };
    if (row.accountId !== null) return this.told(row, row.openedAt, moment);
    // A month that nobody has come for has yet to begin.
    return waiting(await this.told(row, moment.now, moment));
  }

  private async told(row: SubscriptionRow, openedAt: Date | null, moment: AccessMoment): Promise<Standing> {
    if (row.mandateId !== null) {
      return standingOfMandate(row, await this.mandates.get(row.mandateId), moment);
    }
    if (row.orderId !== null) {
      const { paidAt, refundedAt } = await this.payments.ofOrder(row.orderId);
      return standingOfOrder(row, { paidAt, refundedAt, openedAt }, moment);
    }
    return standingOfFree(row, moment);
  }
}
