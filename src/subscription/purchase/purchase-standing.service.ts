import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { Settings } from '../../infra/config/settings';
import { MandateService } from '../../payment/mandate/mandate.service';
import { PaymentService } from '../../payment/payment/payment.service';
import { ChangePlace, type Place } from '../change/change-place';
import { type Standing, standingOfFree, standingOfMandate, standingOfOrder, waiting } from './purchase.rules';
import type { SubscriptionRow } from './subscription.repository';
import type { AccessMoment } from './subscription.state';

/** How a purchase stands, and what it is of where another price is charged than before. */
export type Stand = Standing & Partial<Place>;

/** How a purchase stands by what the gateway has told. */
@Injectable()
export class PurchaseStanding {
  constructor(
    private readonly mandates: MandateService,
    private readonly payments: PaymentService,
    private readonly places: ChangePlace,
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  async of(row: SubscriptionRow): Promise<Stand> {
    const moment: AccessMoment = { now: this.clock.now(), graceDays: this.settings.graceDays };
    if (row.accountId !== null) return this.told(row, row.openedAt, moment);
    // A month that nobody has come for has yet to begin.
    return waiting(await this.told(row, moment.now, moment));
  }

  private async told(row: SubscriptionRow, openedAt: Date | null, moment: AccessMoment): Promise<Stand> {
    const isReplaced = await this.places.isBridged(row);
    if (row.mandateId !== null) {
      const mandate = await this.mandates.get(row.mandateId);
      const { tierId, priceId, amount, currency } = await this.places.of(row, mandate);
      const months = await this.payments.ofMandate(row.mandateId);
      const standing = standingOfMandate(row, { ...mandate, ...months, isReplaced }, moment);
      return { ...standing, tierId, priceId, amount, currency };
    }
    if (row.orderId !== null) {
      const { paidAt, refundedAt } = await this.payments.ofOrder(row.orderId);
      return standingOfOrder(row, { paidAt, refundedAt, openedAt, isReplaced }, moment);
    }
    return standingOfFree(row, moment);
  }
}
