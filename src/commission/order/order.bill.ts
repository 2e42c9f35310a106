import { Injectable } from '@nestjs/common';
import { OrderService } from '../../payment/order/order.service';
import type { OrderRow } from './order.repository';

/** What a buyer pays by. */
@Injectable()
export class OrderBill {
  constructor(private readonly payments: OrderService) {}

  /** Gives payment's id of it. Joins the running unit of work. The money is held until its creator takes it. */
  draft({ id, buyerId, creatorId, amount, currency }: OrderRow): Promise<number> {
    return this.payments.draft({
      purpose: 'commission',
      reference: String(id),
      payerId: buyerId,
      payeeId: creatorId,
      amount,
      currency,
      capture: 'manual',
    });
  }
}
