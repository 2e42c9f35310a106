import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { notFound } from '../../common/domain-error';
import type { Money } from '../../common/money';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import { GatewayAttempts, type Making } from '../checkout/gateway-attempts';
import { type CaptureMode, type GatewayOrder, PaymentGateway } from '../gateway/payment-gateway';
import type { Purpose } from '../purpose';
import { type OrderRow, PaymentOrderRepository } from './payment-order.repository';

/** Something that somebody is to pay. */
export interface Intent extends Money {
  readonly purpose: Purpose;
  /** The consumer's own id of it, up to 64 characters. */
  readonly reference: string;
  /** Accounts. */
  readonly payerId: number | null;
  readonly payeeId: number | null;
}

export interface OrderIntent extends Intent {
  readonly capture: CaptureMode;
}

/** What a checkout page needs. */
export interface OrderCheckout extends Money {
  readonly orderId: number;
  readonly gatewayId: string;
  readonly publicKey: string;
}

/** What is paid once. */
@Injectable()
export class OrderService {
  constructor(
    private readonly orders: PaymentOrderRepository,
    private readonly gateway: PaymentGateway,
    private readonly attempts: GatewayAttempts,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Gives its id. Joins the running unit of work; the gateway hears of it by `publish`. */
  draft(intent: OrderIntent): Promise<number> {
    return this.unitOfWork.run(() => {
      const { purpose, reference, payerId, payeeId, amount, currency, capture } = intent;
      const now = this.clock.now();
      return this.orders.add({
        ...{ purpose, reference, payerId, payeeId, amount, currency, capture },
        gatewayId: null,
        receipt: randomUUID(),
        status: 'created',
        refundedAmount: 0,
        createdAt: now,
        updatedAt: now,
      });
    });
  }

  /**
   * Makes it at the gateway, outside of any unit of work; repeatable, also after a crash: there is one order. 404 for an
   * unknown one, DomainError `unavailable` while the gateway can't be reached.
   */
  async publish(orderId: number): Promise<OrderCheckout> {
    const { gatewayId, amount, currency } = await this.attempts.once(this.making(), orderId);
    if (gatewayId === null) throw new Error(`Order ${orderId} was made at the gateway, and lost`);
    return { orderId, gatewayId, publicKey: this.gateway.publicKey, amount, currency };
  }

  /** Whom it goes to; gives whom it goes to now, since that is bound once. 404 for an unknown order. */
  bindPayee(orderId: number, payeeId: number): Promise<number> {
    return this.unitOfWork.run(async () => {
      const order = await this.orders.lock(orderId);
      if (order === undefined) throw notFound();
      // `updatedAt` stays: before the gateway has the order it says whether it was asked.
      if (order.payeeId === null) await this.orders.change(orderId, { payeeId });
      return order.payeeId ?? payeeId;
    });
  }

  /** 404 for an unknown one. */
  async get(orderId: number): Promise<OrderRow> {
    const order = await this.orders.byId(orderId);
    if (order === undefined) throw notFound();
    return order;
  }

  byGatewayId(gatewayId: string): Promise<OrderRow | undefined> {
    return this.orders.byGatewayId(gatewayId);
  }

  private making(): Making<OrderRow, GatewayOrder> {
    return {
      rows: this.orders,
      find: async (order) =>
        (await this.gateway.ordersByReceipt(order.receipt)).findLast((found) => isOf(order, found)),
      make: ({ amount, currency, receipt, capture }) =>
        this.gateway.createOrder({ amount, currency, receipt, capture, notes: { intent: receipt } }),
      keep: ({ id }, { id: gatewayId }) => this.orders.change(id, { gatewayId, updatedAt: this.clock.now() }),
    };
  }
}

function isOf({ receipt, amount, currency }: OrderRow, found: GatewayOrder): boolean {
  return found.receipt === receipt && found.amount === amount && found.currency === currency;
}
