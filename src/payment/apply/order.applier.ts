import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import type { GatewayOrder } from '../gateway/payment-gateway';
import { mergeOrder } from '../order/order.state';
import { type OrderRow, PaymentOrderRepository } from '../order/payment-order.repository';
import type { Applied } from './applied';
import { changesBetween, isEmpty } from './changes.rules';

/** Orders as the gateway tells them. Only inside a unit of work. */
@Injectable()
export class OrderApplier {
  constructor(
    private readonly orders: PaymentOrderRepository,
    private readonly clock: Clock,
  ) {}

  /** An order that is not ours changes nothing. */
  async apply(told: GatewayOrder): Promise<Applied> {
    const before = (await this.orders.lockByGatewayId(told.id)) ?? (await this.unpublished(told));
    if (before === undefined) return { changed: false, paymentId: null };
    const after = { ...mergeOrder(before, told), gatewayId: told.id };
    if (isEmpty(changesBetween(before, after))) return { changed: false, paymentId: null };
    await this.orders.store(after, this.clock.now());
    return { changed: true, paymentId: null };
  }

  /** One whose making was never answered: it is known by its receipt. */
  private async unpublished({ receipt, amount, currency }: GatewayOrder): Promise<OrderRow | undefined> {
    const order = receipt === null ? undefined : await this.orders.lockByReceipt(receipt);
    const isIt = order?.gatewayId === null && order.amount === amount && order.currency === currency;
    return isIt ? order : undefined;
  }
}
