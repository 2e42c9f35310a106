import { ApiProperty } from '@nestjs/swagger';
import { APPLIES, type Applies, type How, HOWS } from '../../change/change.rules';
import { toldAccess } from '../access-text.rules';
import { PURCHASE_KINDS, type PurchaseKind } from '../subscription.entity';
import type { SubscriptionRecord } from '../subscription-list.repository';
import { MANDATE_STATUSES, type MandateStatus } from '../../../payment/events/mandate-changed.event';
import { ACCESS_REASONS, type AccessReason } from '../subscription.state';

export class CheckoutResponse {
  @ApiProperty({ description: 'What a checkout is opened with.', example: 'sub_IH4NTn5Xqz9kXr' })
  SubscriptionID: string;

  @ApiProperty({ description: "The gateway's public key.", example: 'rzp_test_8sKd02mfLq1xYz' })
  public_key: string;

  static of(this: void, checkout: { gatewayId: string; publicKey: string }): CheckoutResponse {
    return { SubscriptionID: checkout.gatewayId, public_key: checkout.publicKey };
  }
}

export class DetailsResponse {
  @ApiProperty({ example: 'Subscription created' })
  details: string;
}

export class EndResponse {
  @ApiProperty({ enum: ['Success', 'Failed'], example: 'Success' })
  status: 'Success' | 'Failed';

  @ApiProperty({ required: false, description: 'Where it failed: why.', example: 'Subscription does not exist' })
  message?: string;
}

class SubscribedTier {
  @ApiProperty({ type: 'integer', example: 3 })
  id: number;

  @ApiProperty({ example: 'Gold' })
  name: string;
}

class SubscribedCreator {
  @ApiProperty({ type: 'integer', example: 7 })
  id: number;

  @ApiProperty({ description: 'Empty where the account is closed.', example: 'asha' })
  username: string;

  @ApiProperty({ description: 'A URL, or empty.', example: '' })
  profile_pic: string;
}

const INSTANT = { type: String, format: 'date-time', nullable: true } as const;

class PendingChangeResponse {
  @ApiProperty({ type: SubscribedTier })
  tier: SubscribedTier;

  @ApiProperty({ type: 'integer', description: "In the currency's minor unit.", example: 49900 })
  amount: number;

  @ApiProperty({ example: 'INR' })
  currency: string;

  @ApiProperty({ enum: HOWS, description: '`new_mandate`: it has to be authorised anew at a checkout.' })
  how: How;

  @ApiProperty({ enum: APPLIES, example: 'cycle_end' })
  when: Applies;

  @ApiProperty({ ...INSTANT, description: 'null: as soon as it is paid.', example: '2026-12-28T18:30:00.000Z' })
  applies_at: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'What its checkout is opened with.', example: null })
  SubscriptionID: string | null;

  @ApiProperty({ type: String, format: 'uri', nullable: true, description: 'The same as a page of Razorpay’s.' })
  payment_url: string | null;

  static of(this: void, record: SubscriptionRecord): PendingChangeResponse | null {
    const { nextTierId: id, nextHow: how, nextApplies: when } = record;
    if (id === null || how === null || when === null) return null;
    return {
      tier: { id, name: record.nextTierName ?? '' },
      amount: record.nextAmount ?? 0,
      currency: record.nextCurrency ?? record.currency,
      how,
      when,
      applies_at: record.nextAppliesAt?.toISOString() ?? null,
      SubscriptionID: record.nextGatewayId,
      payment_url: record.nextUrl,
    };
  }
}

export class SubscriptionResponse {
  @ApiProperty({ type: 'integer', example: 41 })
  id: number;

  @ApiProperty({ enum: PURCHASE_KINDS, example: 'recurring' })
  kind: PurchaseKind;

  @ApiProperty({ type: SubscribedTier })
  tier: SubscribedTier;

  @ApiProperty({ type: SubscribedCreator })
  creator: SubscribedCreator;

  @ApiProperty({ type: 'integer', description: "In the currency's minor unit.", example: 19900 })
  amount: number;

  @ApiProperty({ example: 'INR' })
  currency: string;

  @ApiProperty({ enum: MANDATE_STATUSES, example: 'active' })
  status: MandateStatus;

  @ApiProperty({
    ...INSTANT,
    description:
      'null: no access, or access without an end. As long as it is paid: the end of that; while a renewal is late or has ' +
      'failed: the end of the days of grace.',
    example: '2026-12-28T09:00:00.000Z',
  })
  access_until: string | null;

  @ApiProperty({ description: 'Whether its posts are open now.', example: true })
  has_access: boolean;

  @ApiProperty({ enum: ACCESS_REASONS, description: 'Why there is access, or none.', example: 'active' })
  reason: AccessReason;

  @ApiProperty({ description: 'The same for people.', example: 'Paid until 28 December 2026, and renewed then.' })
  reason_text: string;

  @ApiProperty({ description: 'It was cancelled, and ends with what is paid.', example: false })
  ends_at_cycle: boolean;

  @ApiProperty({ type: String, format: 'uri', nullable: true, description: 'Where a failing card is seen to.' })
  payment_url: string | null;

  @ApiProperty({ type: PendingChangeResponse, nullable: true, description: 'A change to another tier under way.' })
  pending_change: PendingChangeResponse | null;

  @ApiProperty({ type: String, format: 'date-time' })
  created_at: string;

  static of(record: SubscriptionRecord, now: Date): SubscriptionResponse {
    const { until, has, text } = toldAccess(record, now);
    return {
      id: record.id,
      kind: record.kind,
      tier: { id: record.tierId, name: record.tierName },
      creator: { id: record.creatorId, username: record.username ?? '', profile_pic: record.profilePic ?? '' },
      amount: record.amount,
      currency: record.currency,
      status: record.status,
      access_until: until?.toISOString() ?? null,
      has_access: has,
      reason: record.reason,
      reason_text: text,
      ends_at_cycle: record.endsAtCycle,
      payment_url: record.shortUrl,
      pending_change: PendingChangeResponse.of(record),
      created_at: record.createdAt.toISOString(),
    };
  }
}

export class SubscriptionListResponse {
  @ApiProperty({ type: SubscriptionResponse, isArray: true, description: 'Newest first.' })
  subscriptions: SubscriptionResponse[];

  @ApiProperty({ type: 'integer', example: 1 })
  count: number;

  @ApiProperty({ type: String, format: 'uri', nullable: true, example: null })
  next: string | null;

  @ApiProperty({ type: String, format: 'uri', nullable: true, example: null })
  previous: string | null;
}
