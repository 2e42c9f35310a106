import { Injectable } from '@nestjs/common';
import type { Currency } from '../../common/price';
import { type Guest, GuestGoods } from '../../subscription/guest/guest-goods.service';
import { OfferRepository } from '../offer/offer.repository';
import { isOpen } from './commission-order.rules';
import { OrderIntake } from './order.intake';
import { OrderRepository } from './order.repository';

/** Commissions as guests order them: the creator answers by the mailbox, and whoever proves it is the buyer. */
@Injectable()
export class GuestCommissionService extends GuestGoods {
  constructor(
    private readonly intake: OrderIntake,
    private readonly offers: OfferRepository,
    private readonly orders: OrderRepository,
  ) {
    super();
  }

  async open({ email }: Guest, offerId: number, currency: Currency | undefined): Promise<number> {
    const wish = { offerId, buyerId: null, description: '', contactDetails: email, mode: '', currency };
    const { paymentOrderId } = await this.intake.take(wish);
    if (paymentOrderId === null) throw new Error('A guest was let in without a bill');
    return paymentOrderId;
  }

  async isOpen(orderId: number): Promise<boolean> {
    const order = await this.orders.byPaymentOrder(orderId);
    return order !== undefined && isOpen(order);
  }

  /** Nobody is their own buyer: there it stays a guest's. */
  async claim(orderId: number, accountId: number): Promise<void> {
    const known = await this.orders.byPaymentOrder(orderId);
    if (known === undefined || known.creatorId === accountId) return;
    await this.offers.lock(known.offerId);
    const held = await this.orders.lock(known.id);
    if (held?.buyerId === null) await this.orders.change(known.id, { buyerId: accountId });
  }
}
