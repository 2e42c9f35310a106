import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { OfferRepository } from '../offer/offer.repository';
import { hasRoom } from '../offer/offer.rules';
import { ADMISSION_MS, after } from './commission-order.rules';
import { stepped } from './commission-order.state';
import { OrderBill } from './order.bill';
import { OrderRepository } from './order.repository';
import { OrderWriter } from './order.writer';

/** That wait for one offer at most. */
export const MOST_WAITING = 100;

/** Who waits for a slot, first come first served. Only inside a unit of work that has locked the offer. */
@Injectable()
export class Waitlist {
  constructor(
    private readonly orders: OrderRepository,
    private readonly offers: OfferRepository,
    private readonly bill: OrderBill,
    private readonly writer: OrderWriter,
    private readonly clock: Clock,
  ) {}

  /** Gives what is free to who waits longest. */
  async advance(offerId: number): Promise<void> {
    for (;;) {
      const offer = await this.offers.lock(offerId);
      if (offer === undefined || offer.archivedAt !== null || !hasRoom(offer)) return;
      const [first] = await this.orders.lockWaiting(offerId, 1);
      if (first === undefined) return;
      const status = stepped(first.status, 'admit', 'house');
      const due = after(this.clock.now(), ADMISSION_MS);
      const paymentOrderId = await this.bill.draft(first);
      await this.writer.write(first, { ...first, status, paymentOrderId, dueAt: due }, { actor: 'house' });
    }
  }

  /** Nobody waits for an offer that is no more. */
  async dissolve(offerId: number): Promise<void> {
    for (const order of await this.orders.lockWaiting(offerId, MOST_WAITING)) {
      const status = stepped(order.status, 'decline', 'house');
      await this.writer.write(order, { ...order, status }, { actor: 'house', message: 'It is offered no more.' });
    }
  }
}
