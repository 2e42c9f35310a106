import { Injectable } from '@nestjs/common';
import { AccountClosed, type AccountClosedPayload } from '../auth/events/account-closed.event';
import { OnFact } from '../infra/outbox/on-fact';
import { OfferService } from './offer/offer.service';
import { OrderClosingService } from './order/order-closing.service';

/** No row of a closed account is removed: payments hang on them. What is open ends, and its money goes where it belongs. */
@Injectable()
export class CommissionListener {
  constructor(
    private readonly offers: OfferService,
    private readonly orders: OrderClosingService,
  ) {}

  @OnFact(AccountClosed.topic, 'commission.account-closed')
  async close({ account_id }: AccountClosedPayload): Promise<void> {
    // First the offers, so that meanwhile nothing is ordered.
    await this.offers.archiveAllOf(account_id);
    await this.orders.endAllOf(account_id);
  }
}
