import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { OutboxService } from '../../infra/outbox/outbox.service';
import { ChangePlace } from '../change/change-place';
import { MembershipChanged } from '../events/membership-changed.event';
import { MembershipPastDue } from '../events/membership-past-due.event';
import type { SourceName } from '../membership/membership.service';
import { MembershipService } from '../membership/membership.service';
import { isOver } from './purchase.rules';
import type { Stand } from './purchase-standing.service';
import { ownSlotOf, SubscriptionRepository, type SubscriptionRow } from './subscription.repository';

/** Writes how a purchase stands, and the access that follows. Only inside a unit of work that has locked its tier. */
@Injectable()
export class PurchaseWriter {
  constructor(
    private readonly subscriptions: SubscriptionRepository,
    private readonly memberships: MembershipService,
    private readonly places: ChangePlace,
    private readonly outbox: OutboxService,
    private readonly clock: Clock,
  ) {}

  /** `standing` may say that it is of another tier than before, which is locked then as well. */
  async write(row: SubscriptionRow, standing: Stand): Promise<SubscriptionRow> {
    const { hasAccess, ...record } = standing;
    const placed = { ...row, ...record };
    const liveSlot = isOver(standing) ? null : ownSlotOf(placed);
    const next = { ...placed, liveSlot, updatedAt: this.clock.now() };
    const { id, ...columns } = next;
    await this.subscriptions.change(id, columns);
    await this.follow(next, hasAccess, row.tierId);
    if (next.pastDueAt !== null && row.pastDueAt?.getTime() !== next.pastDueAt.getTime()) await this.tellPastDue(next);
    return next;
  }

  /** Whoever is gone has no access: their purchases are ended by whoever hears of it. */
  private async follow(row: SubscriptionRow, hasAccess: boolean, tierBefore: number): Promise<void> {
    const source = sourceOf(row);
    const { accountId, tierId, accessUntil: endsAt } = row;
    if (accountId === null) return;
    if (!hasAccess) return this.memberships.release(source, await this.places.next(row));
    const hasMoved = tierId !== tierBefore;
    if (hasMoved) await this.memberships.release(source, tierId);
    const { membershipId } = await this.memberships.grant({ ...source, accountId, tierId, endsAt });
    if (hasMoved) await this.tellMoved({ ...row, accountId }, membershipId, tierBefore);
  }

  private async tellMoved(
    row: SubscriptionRow & { readonly accountId: number },
    membershipId: number,
    previous: number,
  ): Promise<void> {
    await this.outbox.publish(
      new MembershipChanged({
        membership_id: membershipId,
        account_id: row.accountId,
        creator_id: row.creatorId,
        tier_id: row.tierId,
        previous_tier_id: previous,
        access_until: row.accessUntil?.toISOString() ?? null,
        at: this.clock.now().toISOString(),
      }),
    );
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
