import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { invalid, notFound } from '../../common/domain-error';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import { PayeeService } from '../../payment/apply/payee.service';
import { CheckoutService } from '../../payment/checkout/checkout.service';
import { OrderService } from '../../payment/order/order.service';
import type { Checkout } from '../purchase/purchase.service';
import { noSuch } from '../subscription.errors';
import type { SaveTipRequest, TipChangeRequest, TipOrderRequest } from './dto/tip.request';
import { TipRepository, type TipRow } from './tip.repository';
import { TipSettler } from './tip.settler';

/** Giving a creator money. Amount and payee are those of the order, whatever is posted later. */
@Injectable()
export class TipService {
  constructor(
    private readonly tips: TipRepository,
    private readonly settler: TipSettler,
    private readonly payees: PayeeService,
    private readonly orders: OrderService,
    private readonly checkouts: CheckoutService,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** DomainError `unavailable` while the gateway is away. */
  async order(accountId: number, request: TipOrderRequest): Promise<Checkout> {
    return this.orders.publish(await this.draft(accountId, request));
  }

  /** Gives the id of its order, which the gateway has yet to hear of; `accountId` null: a guest's. Joins the running unit of work. */
  draft(accountId: number | null, request: TipOrderRequest): Promise<number> {
    return this.unitOfWork.run(() => this.add(accountId, request));
  }

  /** Of a guest who is known now. In the unit of work that gives the order its payer; repeatable. */
  async assign(orderId: number, accountId: number): Promise<void> {
    await this.tips.assign(orderId, accountId, this.clock.now());
  }

  /**
   * Gives the tip as it stands by what the gateway confirms. 400 for a forgery, or another amount. Repeatable. Old pages
   * hand in commissions here, too: those who sell them hear of it.
   */
  async save(accountId: number, request: SaveTipRequest): Promise<Pick<TipRow, 'paidAt'>> {
    const { razorpay_subscription_id: gatewayId, razorpay_payment_id: paymentGatewayId, amount } = request;
    const tip = await this.tips.byCheckout(gatewayId, accountId);
    const order = await this.orders.byGatewayId(gatewayId);
    const isOwn = tip !== undefined || (order?.purpose === 'commission' && order.payerId === accountId);
    if (order === undefined || !isOwn) throw invalid({ razorpay_subscription_id: ['This is no order of yours.'] });
    if (amount !== undefined && amount !== order.amount) throw invalid({ amount: ['The order has another amount.'] });
    const { id: orderId } = order;
    await this.checkouts.confirmOrder({ orderId, paymentGatewayId, signature: request.razorpay_signature });
    if (tip === undefined) return { paidAt: null };
    return (await this.settler.settle(tip.id, wordsOf(request))) ?? tip;
  }

  /** What of a tip is shown may change at any time. 404 where it is not the account's. */
  async change(accountId: number, id: number, { anonymous, hide_amount }: TipChangeRequest): Promise<TipRow> {
    return this.unitOfWork.run(async () => {
      const tip = await this.tips.lock(id);
      if (tip === undefined || tip.accountId !== accountId) throw notFound();
      const shown = { anonymous: anonymous ?? tip.anonymous, hideAmount: hide_amount ?? tip.hideAmount };
      await this.tips.change(id, { ...shown, updatedAt: this.clock.now() });
      return { ...tip, ...shown };
    });
  }

  /** Of an account that is gone. Repeatable. */
  async forget(accountId: number): Promise<void> {
    await this.tips.forget(accountId, this.clock.now());
  }

  private async add(accountId: number | null, request: TipOrderRequest): Promise<number> {
    const { amount, currency = 'INR', creatorID: creatorId = null } = request;
    if (creatorId !== null && creatorId === accountId) throw invalid({ creatorID: ['This is yourself.'] });
    if (creatorId !== null && (await this.payees.holdCreator(creatorId)) !== true) {
      throw invalid({ creatorID: [noSuch(creatorId)] });
    }
    const now = this.clock.now();
    const words = { name: '', message: '', anonymous: false, hideAmount: false };
    const dates = { paidAt: null, createdAt: now, updatedAt: now };
    const tip = {
      accountId,
      creatorId,
      amount,
      currency,
      ...words,
      ...wordsOf(request),
      ...dates,
      orderId: null,
      status: 'pending',
    } as const;
    const id = await this.tips.add(tip);
    const intent = { purpose: 'tip', reference: String(id), payerId: accountId, payeeId: creatorId } as const;
    const orderId = await this.orders.draft({ ...intent, amount, currency, capture: 'automatic' });
    await this.tips.change(id, { orderId });
    return orderId;
  }
}

/** What is left out stays as it was. */
function wordsOf({
  name,
  message,
  anonymous,
  hide_amount: hideAmount,
}: SaveTipRequest | TipOrderRequest): Partial<TipRow> {
  return {
    ...(name !== undefined && { name }),
    ...(message !== undefined && { message }),
    ...(anonymous !== undefined && { anonymous }),
    ...(hideAmount !== undefined && { hideAmount }),
  };
}
