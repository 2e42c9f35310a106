import { Injectable } from '@nestjs/common';
import { notFound } from '../../common/domain-error';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import { CheckoutService } from '../../payment/checkout/checkout.service';
import { HoldService } from '../../payment/checkout/hold.service';
import { OrderService } from '../../payment/order/order.service';
import { noCheckout } from '../commission.errors';
import type { CommissionStatus } from './commission-order.state';
import { OrderIntake, type Wish } from './order.intake';
import { OrderRepository, type OrderRow } from './order.repository';
import { OrderTransitions } from './order.transitions';

export interface PlacedOrder {
  readonly id: number;
  readonly status: CommissionStatus;
  /** In the waitlist, from 1; null = it has a slot. */
  readonly position: number | null;
  /** What a checkout page needs; null = there is nothing to pay yet. */
  readonly checkout: { readonly gatewayId: string; readonly publicKey: string } | null;
}

export interface PageProof {
  readonly razorpay_payment_id: string;
  readonly razorpay_signature: string;
}

/** Ordering, and paying for it. The amount is that of the order, whatever is posted later. */
@Injectable()
export class OrderCheckoutService {
  constructor(
    private readonly intake: OrderIntake,
    private readonly orders: OrderRepository,
    private readonly transitions: OrderTransitions,
    private readonly payments: OrderService,
    private readonly checkouts: CheckoutService,
    private readonly holds: HoldService,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** 400 for what can't be ordered. DomainError `unavailable` while the gateway is away: asked again it goes on. */
  async place(wish: Wish): Promise<PlacedOrder> {
    return this.opened(await this.unitOfWork.run(() => this.intake.take(wish)));
  }

  /** The checkout of an order that is still to be paid. 404 where it is not the buyer's, 409 where nothing is due. */
  async resume(accountId: number, id: number): Promise<PlacedOrder> {
    const { paymentOrderId, status } = await this.own(accountId, id);
    // Whoever has paid, and was not told so, must not pay again.
    if (status === 'ordered' && paymentOrderId !== null) await this.holds.refresh(paymentOrderId);
    const order = await this.transitions.settle(id);
    if (order?.status !== 'ordered' || order.payment !== 'unpaid') throw noCheckout();
    return this.opened(order);
  }

  /** What the page says of a payment; the gateway decides. 400 for a forgery. Repeatable. */
  async save(accountId: number, id: number, proof: PageProof): Promise<void> {
    const { paymentOrderId } = await this.own(accountId, id);
    if (paymentOrderId === null) throw noCheckout();
    await this.checkouts.confirmOrder({
      orderId: paymentOrderId,
      paymentGatewayId: proof.razorpay_payment_id,
      signature: proof.razorpay_signature,
    });
    await this.transitions.settle(id);
  }

  private async own(accountId: number, id: number): Promise<OrderRow> {
    const order = await this.orders.byId(id);
    if (order === undefined || order.buyerId !== accountId) throw notFound();
    return order;
  }

  private async opened(order: OrderRow): Promise<PlacedOrder> {
    const { id, status, paymentOrderId } = order;
    const position = await this.orders.positionOf(order);
    const checkout = paymentOrderId === null ? null : await this.payments.publish(paymentOrderId);
    return { id, status, position, checkout };
  }
}
