import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import type { Fact } from '../../infra/outbox/fact';
import { OutboxService } from '../../infra/outbox/outbox.service';
import { CommissionAccepted } from '../events/commission-accepted.event';
import { CommissionAdmitted } from '../events/commission-admitted.event';
import { CommissionCancelled } from '../events/commission-cancelled.event';
import { CommissionClosed } from '../events/commission-closed.event';
import { CommissionDeclined } from '../events/commission-declined.event';
import { CommissionDelivered } from '../events/commission-delivered.event';
import { CommissionExpired } from '../events/commission-expired.event';
import { CommissionExpiring } from '../events/commission-expiring.event';
import { CommissionOrdered } from '../events/commission-ordered.event';
import { CommissionRefunded } from '../events/commission-refunded.event';
import { CommissionRevisionAsked } from '../events/commission-revision-asked.event';
import type { CommissionPayload } from '../events/commission.event';
import { endsAt } from './commission-order.rules';
import type { Actor, CommissionStatus } from './commission-order.state';
import type { OrderRow } from './order.repository';

type FactClass = new (payload: CommissionPayload) => Fact;

/** What is told when an order comes to be so; who waits has told nobody yet. */
const TOLD: Readonly<Record<CommissionStatus, FactClass | undefined>> = {
  waitlisted: undefined,
  ordered: CommissionAdmitted,
  accepted: CommissionAccepted,
  declined: CommissionDeclined,
  delivered: CommissionDelivered,
  in_revision: CommissionRevisionAsked,
  closed: CommissionClosed,
  cancelled: CommissionCancelled,
  refunded: CommissionRefunded,
  expired: CommissionExpired,
};

/** Tells what becomes of orders. Only inside a unit of work. */
@Injectable()
export class OrderFacts {
  constructor(
    private readonly outbox: OutboxService,
    private readonly clock: Clock,
  ) {}

  /** From `before` to `after`, which is written; undefined: it was placed just now. */
  async tell(before: OrderRow | undefined, after: OrderRow, actor: Actor): Promise<void> {
    if (before === undefined) return;
    const isPaidNow = before.payment === 'unpaid' && (after.payment === 'authorized' || after.payment === 'captured');
    if (isPaidNow && after.status === 'ordered') await this.publish(CommissionOrdered, after, 'buyer');
    if (before.warnedAt === null && after.warnedAt !== null) await this.publish(CommissionExpiring, after, 'house');
    const told = before.status === after.status ? undefined : TOLD[after.status];
    if (told !== undefined) await this.publish(told, after, actor);
  }

  private async publish(told: FactClass, order: OrderRow, actor: Actor): Promise<void> {
    await this.outbox.publish(
      new told({
        order_id: order.id,
        offer_id: order.offerId,
        title: order.title,
        creator_id: order.creatorId,
        buyer_id: order.buyerId,
        actor,
        payment: order.payment,
        amount: order.amount,
        currency: order.currency,
        due_at: endsAt(order)?.toISOString() ?? null,
        at: this.clock.now().toISOString(),
      }),
    );
  }
}
