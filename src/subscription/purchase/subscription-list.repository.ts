import { Injectable } from '@nestjs/common';
import { offsetOf, type PageRequest } from '../../common/page';
import { Database, statement } from '../../infra/database/database';
import type { Applies, How } from '../change/change.rules';
import type { PurchaseKind } from './subscription.entity';
import type { MandateStatus } from '../../payment/events/mandate-changed.event';
import type { AccessReason } from './subscription.state';

/** A purchase as its owner reads it. */
export interface SubscriptionRecord {
  readonly id: number;
  readonly kind: PurchaseKind;
  readonly tierId: number;
  readonly tierName: string;
  readonly creatorId: number;
  /** Null where the creator has closed the account. */
  readonly username: string | null;
  readonly profilePic: string | null;
  readonly amount: number;
  readonly currency: string;
  readonly status: MandateStatus;
  readonly reason: AccessReason;
  readonly accessUntil: Date | null;
  readonly paidUntil: Date | null;
  readonly endedAt: Date | null;
  readonly endsAtCycle: boolean;
  /** Where a failing card is seen to. */
  readonly shortUrl: string | null;
  readonly createdAt: Date;
  /** Of a change to another tier that is under way; null where there is none. */
  readonly nextTierId: number | null;
  readonly nextTierName: string | null;
  readonly nextAmount: number | null;
  readonly nextCurrency: string | null;
  readonly nextHow: How | null;
  readonly nextApplies: Applies | null;
  readonly nextAppliesAt: Date | null;
  /** What the gateway calls the new mandate, and its page, where it has to be authorised anew. */
  readonly nextGatewayId: string | null;
  readonly nextUrl: string | null;
}

const RECORD = `select s.id, s.kind, s.tier_id as "tierId", t.name as "tierName", s.creator_id as "creatorId",
    a.username, a.profile_pic as "profilePic", s.amount, s.currency, s.status, s.reason,
    s.access_until as "accessUntil", s.paid_until as "paidUntil", s.ended_at as "endedAt", s.ends_at_cycle as "endsAtCycle",
    m.short_url as "shortUrl", s.created_at as "createdAt", c.tier_id as "nextTierId", ct.name as "nextTierName",
    c.amount as "nextAmount", c.currency as "nextCurrency", c.how as "nextHow", c.applies as "nextApplies",
    c.applies_at as "nextAppliesAt", cm.gateway_id as "nextGatewayId", cm.short_url as "nextUrl"
  from subscription s join tier t on t.id = s.tier_id
    left join account a on a.id = s.creator_id left join mandate m on m.id = s.mandate_id
    left join subscription_change c on c.open_slot = s.id left join tier ct on ct.id = c.tier_id
    left join subscription cs on cs.id = c.successor_id left join mandate cm on cm.id = cs.mandate_id`;

const ONE = statement('subscription.record', `${RECORD} where s.id = $1 and s.account_id = $2`);

// Checkouts that nobody paid and that were replaced are of no interest.
const OWN = 's.account_id = $1 and not (s.live_slot is null and s.paid_until is null and s.amount > 0)';
const PAGE = statement('subscription.page', `${RECORD} where ${OWN} order by s.id desc limit $2 offset $3`);
const COUNT = statement('subscription.count', `select count(*) as count from subscription s where ${OWN}`);

@Injectable()
export class SubscriptionListRepository {
  constructor(private readonly database: Database) {}

  async own(id: number, accountId: number): Promise<SubscriptionRecord | undefined> {
    return recordOf(await this.database.first<SubscriptionRecord>(ONE, [id, accountId]));
  }

  /** Newest first. */
  async page(accountId: number, page: PageRequest): Promise<[SubscriptionRecord[], number]> {
    const [rows, counted] = await Promise.all([
      this.database.rows<SubscriptionRecord>(PAGE, [accountId, page.size, offsetOf(page)]),
      this.database.first<{ count: number }>(COUNT, [accountId]),
    ]);
    return [rows.map((row) => recordOf(row)), counted?.count ?? 0];
  }
}

/** Booleans are 0 or 1 on MySQL. */
function recordOf<T extends SubscriptionRecord | undefined>(row: T): T {
  return row && { ...row, endsAtCycle: Boolean(row.endsAtCycle) };
}
