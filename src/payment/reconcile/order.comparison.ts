import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { ApplyService } from '../apply/apply.service';
import { unlessRefused } from '../gateway/gateway-questions';
import { type GatewayOrder, type GatewayPage, type Listing, PaymentGateway } from '../gateway/payment-gateway';
import { PaymentOrderRepository } from '../order/payment-order.repository';
import { type Belief, BeliefRepository } from './belief.repository';
import { ListComparison } from './list.comparison';
import type { RunBook } from './run-book';

/** Orders. Those of others in a shared account are none of ours. */
@Injectable()
export class OrderComparison extends ListComparison<GatewayOrder> {
  readonly stage = 'orders';

  constructor(
    private readonly gateway: PaymentGateway,
    private readonly applying: ApplyService,
    private readonly orders: PaymentOrderRepository,
    private readonly beliefs: BeliefRepository,
    protected readonly clock: Clock,
  ) {
    super();
  }

  protected list(page: GatewayPage): Promise<Listing<GatewayOrder>> {
    return this.gateway.orders(page);
  }

  protected async compare(book: RunBook, order: GatewayOrder): Promise<void> {
    // That somebody has tried to pay it is told by the payment.
    const told: GatewayOrder = order.status === 'attempted' ? { ...order, status: 'created' } : order;
    await book.cure(order.id, async () => {
      const known = await this.orders.byGatewayId(order.id);
      const { changed } = await this.applying.order(told);
      if (!changed) return undefined;
      return known === undefined ? 'order_missing' : 'order_behind';
    });
  }

  protected ours(from: Date, to: Date, after: number, limit: number): Promise<Belief[]> {
    return this.beliefs.between('order', from, to, after, limit);
  }

  protected async check(book: RunBook, { gatewayId }: Belief): Promise<void> {
    const order = await unlessRefused(() => this.gateway.order(gatewayId));
    if (order === undefined) book.note('order_absent', gatewayId);
    else await this.compare(book, order);
  }
}
