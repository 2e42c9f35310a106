import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { OutboxService } from '../../infra/outbox/outbox.service';
import { MembershipPastDue } from '../events/membership-past-due.event';
import type { SourceName } from '../membership/membership.service';
import { MembershipService } from '../membership/membership.service';
import { isOver, type Standing } from './purchase.rules';
import { ownSlotOf, SubscriptionRepository, type SubscriptionRow } from './subscription.repository';

/** Writes how a purchase stands, and the access that follows. Only inside a unit of work that has locked its tier. */
@Injectable()
export class PurchaseWriter {
  constructor(
    private readonly subscriptions: SubscriptionRepository,
    private readonly memberships: MembershipService,
    private readonly outbox: OutboxService,
    private readonly clock: Clock,
  ) {}

  async write(row: SubscriptionRow, standing: Standing): Promise<SubscriptionRow> {
    const { hasAccess, ...record } = standing;
    const liveSlot = isOver(standing) ? null : ownSlotOf(row);
    const next = { ...row, ...record, liveSlot, updatedAt: this.clock.now() };
    const { id, ...columns } = next;
    await this.subscriptions.change(id, columns);
    await this.follow(next, hasAccess);
    if (next.pastDueAt !== null && row.pastDueAt?.getTime() !== next.pastDueAt.getTime()) await this.tellPastDue(next);
    return next;
  }

  /** Whoever is gone has no access: their purchases are ended by whoever hears of it. */
  private async follow(row: SubscriptionRow, hasAccess: boolean): Promise<void> {
    const source = sourceOf(row);
    const { accountId, tierId, accessUntil: endsAt } = row;
    if (accountId === null) return;
    if (!hasAccess) return this.memberships.release(source);
    await this.memberships.grant({ ...source, accountId, tierId, endsAt });
  }

  private async tellPastDue(row: SubscriptionRow): Promise<void> {
    if (row.accountId === null) return;
    await this.outbox.publish(
      new MembershipPastDue({
        subscription_id: row.id,
        account_id: row.accountId,
        creator_id: row.creatorId,
        tier_id: row.tierId,
        access_until: row.accessUntil?.toISOString() ?? null,
        at: this.clock.now().toISOString(),
      }),
    );
  }
}

/** What holds the membership. */
function sourceOf({ id, kind }: SubscriptionRow): SourceName {
  return { kind: kind === 'one_time' ? 'order' : 'subscription', reference: String(id) };
}
