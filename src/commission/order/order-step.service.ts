import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { DomainError, notFound } from '../../common/domain-error';
import { HoldService } from '../../payment/checkout/hold.service';
import { beingAccepted, notPaid, outOfOrder, paymentGone } from '../commission.errors';
import { ACCEPTING_MS, after, isBeingAccepted } from './commission-order.rules';
import { type Actor, stepped, type Step } from './commission-order.state';
import { OrderRepository, type OrderRow } from './order.repository';
import { OrderTransitions } from './order.transitions';
import { OrderWriter } from './order.writer';

/** What is said and shown with a step. */
export interface Words {
  readonly message?: string;
  readonly media?: readonly number[];
}

export type PersonStep = Exclude<Step, 'admit' | 'accept' | 'abandon' | 'expire'>;

/** However often a buyer is not content. */
const MOST_REVISIONS = 50;

/**
 * The steps of an order's two people. To all others it is not there: 404; 403 for the step of the other one, 409 for one
 * out of order.
 */
@Injectable()
export class OrderStepService {
  constructor(
    private readonly orders: OrderRepository,
    private readonly transitions: OrderTransitions,
    private readonly writer: OrderWriter,
    private readonly holds: HoldService,
    private readonly clock: Clock,
  ) {}

  async take(accountId: number, id: number, step: PersonStep, words: Words = {}): Promise<void> {
    await this.actorOf(accountId, id);
    await this.transitions.change(id, async (order) => {
      const actor = actorIn(order, accountId);
      const status = stepped(order.status, step, actor);
      if (isBeingAccepted(order, this.clock.now())) throw beingAccepted();
      const revisions = order.revisions + Number(step === 'revise');
      if (revisions > MOST_REVISIONS) throw outOfOrder('revised so often');
      return this.writer.write(order, { ...order, status, revisions, acceptingAt: null }, { actor, ...words });
    });
  }

  /**
   * The creator says yes, and the money is taken. While the gateway is away that is `unavailable`, and done as soon as it
   * is back. Of two who say it at once one is told that it is being done.
   */
  async accept(accountId: number, id: number): Promise<void> {
    await this.actorOf(accountId, id);
    const wanted = await this.transitions.change(id, async (order) => {
      stepped(order.status, 'accept', actorIn(order, accountId));
      const now = this.clock.now();
      if (order.payment === 'unpaid') throw notPaid();
      if (isBeingAccepted(order, now)) throw beingAccepted();
      const wish = { acceptingAt: order.acceptingAt ?? now, dueAt: after(now, ACCEPTING_MS) };
      return this.writer.write(order, { ...order, ...wish }, { actor: 'creator' });
    });
    if (wanted !== undefined) await this.capture(wanted);
  }

  /** Takes the money that a creator wants; again, and after a crash, what was begun is found. */
  async capture({ id, paymentOrderId, status }: OrderRow): Promise<void> {
    if (status !== 'ordered' || paymentOrderId === null) return;
    try {
      await this.holds.capture(paymentOrderId);
    } catch (error) {
      await this.putOff(id, error);
      throw error;
    }
    const order = await this.transitions.settle(id);
    if (order?.status === 'expired') throw paymentGone();
  }

  /** What was refused is not wanted any more; what can't be asked for now is asked for again. */
  private async putOff(id: number, error: unknown): Promise<void> {
    const isRefused = error instanceof DomainError && error.code === 'gateway_refused';
    await this.transitions.change(id, async (order) => {
      if (order.status !== 'ordered' || order.acceptingAt === null) return order;
      const later = { acceptingAt: isRefused ? null : order.acceptingAt, dueAt: this.clock.now() };
      return this.writer.write(order, { ...order, ...later }, { actor: 'house' });
    });
  }

  private async actorOf(accountId: number, id: number): Promise<Actor> {
    const order = await this.orders.byId(id);
    if (order === undefined) throw notFound();
    return actorIn(order, accountId);
  }
}

function actorIn({ creatorId, buyerId }: OrderRow, accountId: number): Actor {
  if (creatorId === accountId) return 'creator';
  if (buyerId === accountId) return 'buyer';
  throw notFound();
}
