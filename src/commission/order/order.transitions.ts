import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import { OfferRepository } from '../offer/offer.repository';
import { houseStep, isOwedStill, isToBeWarned, standingOf } from './commission-order.rules';
import { stepped } from './commission-order.state';
import { type OrderMoney, OrderPurse } from './order.purse';
import { OrderRepository, type OrderRow } from './order.repository';
import { OrderWriter } from './order.writer';
import { Waitlist } from './waitlist';

/** What somebody wants of an order, which is held and stands as its money does. It writes with `OrderWriter`. */
export type Decide = (order: OrderRow) => Promise<OrderRow>;

/**
 * The one way in which orders change: offer and order are held, so of two who want different things at once the second
 * sees what the first has done. The order follows its money before and after, and who waits moves up.
 */
@Injectable()
export class OrderTransitions {
  constructor(
    private readonly orders: OrderRepository,
    private readonly offers: OfferRepository,
    private readonly purse: OrderPurse,
    private readonly writer: OrderWriter,
    private readonly waitlist: Waitlist,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Outside of any unit of work: what is owed to the buyer is paid back afterwards. Undefined for an unknown one. */
  async change(id: number, decide: Decide = (order) => Promise.resolve(order)): Promise<OrderRow | undefined> {
    this.unitOfWork.refuseInside('The change of a commission');
    const done = await this.unitOfWork.run(async () => {
      const known = await this.orders.byId(id);
      if (known === undefined) return undefined;
      await this.offers.lock(known.offerId);
      const held = await this.orders.lock(id);
      if (held === undefined) return undefined;
      const money = await this.purse.of(held);
      const order = await this.brought(await decide(await this.brought(held, money)), money);
      const refundId = await this.purse.owed(order, money);
      await this.waitlist.advance(order.offerId);
      return { order, refundId };
    });
    if (done?.refundId !== undefined) await this.purse.payBack(done.refundId);
    return done?.order;
  }

  /** Brings it in line with its money and the time. */
  settle(id: number): Promise<OrderRow | undefined> {
    return this.change(id);
  }

  private async brought(order: OrderRow, money: OrderMoney): Promise<OrderRow> {
    const now = this.clock.now();
    const heldAt = heldSince(order, money);
    const paid = { ...order, heldAt, payment: standingOf(order.status, order.payment, money) };
    const warned = isToBeWarned(paid, now) ? { ...paid, warnedAt: now } : paid;
    const step = houseStep(warned, now);
    const status = step === undefined ? order.status : stepped(order.status, step, 'house');
    const next = { ...warned, status, payment: standingOf(status, paid.payment, money) };
    const isOther = next.status !== order.status || next.payment !== order.payment || next.warnedAt !== order.warnedAt;
    if (!isOther && !isOwedStill(next, now)) return order;
    const isAccepted = status === 'accepted' || status === 'expired';
    const actor = step === 'accept' ? 'creator' : 'house';
    return this.writer.write(order, { ...next, ...(isAccepted && { acceptingAt: null }) }, { actor });
  }
}

/** Nobody pays before the order is there, whatever the clocks say. */
function heldSince({ heldAt, createdAt }: OrderRow, money: OrderMoney): Date | null {
  const since = money.heldAt ?? heldAt ?? money.paidAt;
  return since !== null && since < createdAt ? createdAt : since;
}
