import { ApiProperty } from '@nestjs/swagger';
import { PARKED_REASONS, type ParkedReason } from '../../payment/payment.entity';
import { PAYMENT_STATUSES, type PaymentStatus } from '../../payment/payment.state';
import { PURPOSES, type Purpose } from '../../purpose';
import type { ParkedRecord } from '../parked.repository';
import { capturesBefore, maskedContact, maskedEmail } from '../parked.rules';

const INSTANT = { type: String, format: 'date-time' } as const;
const NOBODY = { type: 'integer', nullable: true, example: null } as const;

export class LikelyOwner {
  @ApiProperty({ type: 'integer', example: 7 })
  account: number;

  @ApiProperty({ example: 'ada' })
  username: string;

  @ApiProperty({
    enum: ['email', 'notes'],
    description: '`email`: the payer gave the proven address of this account; `notes`: the payment names this creator.',
    example: 'notes',
  })
  by: 'email' | 'notes';
}

/** Money that came in and is nobody's, or was. */
export class ParkedResponse {
  @ApiProperty({ type: 'integer', description: 'The payment.', example: 31 })
  id: number;

  @ApiProperty({ description: "The gateway's id of it.", example: 'pay_Test0000000002' })
  gateway_id: string;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'The order that it names, if that is ours.',
    example: 12,
  })
  order: number | null;

  @ApiProperty({ enum: PURPOSES, nullable: true, description: 'Null where it does not pay for its order.' })
  purpose: Purpose | null;

  @ApiProperty({ type: 'integer', description: 'Minor units.', example: 34800 })
  amount: number;

  @ApiProperty({ type: 'integer', description: 'Minor units.', example: 0 })
  refunded_amount: number;

  @ApiProperty({ example: 'INR' })
  currency: string;

  @ApiProperty({ enum: PAYMENT_STATUSES, example: 'authorized' })
  status: PaymentStatus;

  @ApiProperty({
    enum: PARKED_REASONS,
    description:
      '`unmatched`: it names nothing of ours; `amount`: not the amount or currency of its order; `no_payee`: nobody is named to receive it; `duplicate`: its order had been paid.',
    example: 'no_payee',
  })
  reason: ParkedReason;

  @ApiProperty({
    type: String,
    nullable: true,
    description: "The payer's, until it is assigned.",
    example: 'p***@example.org',
  })
  email: string | null;

  @ApiProperty({ type: String, nullable: true, description: "The payer's, until it is assigned.", example: '***1234' })
  contact: string | null;

  @ApiProperty({ type: LikelyOwner, nullable: true })
  likely_owner: LikelyOwner | null;

  @ApiProperty({ ...NOBODY, description: 'The creator whom the notes of the payment name.', example: 7 })
  noted_creator: number | null;

  @ApiProperty(INSTANT)
  paid_at: string;

  @ApiProperty({
    ...INSTANT,
    nullable: true,
    description: 'The gateway gives it back unless it is captured before; null where it is captured.',
  })
  captures_before: string | null;

  @ApiProperty({ ...NOBODY, description: 'The account that has it.' })
  assigned_to: number | null;

  @ApiProperty({ ...NOBODY, description: 'The account of the administrator.' })
  assigned_by: number | null;

  @ApiProperty({ type: String, nullable: true, example: null })
  assigned_reason: string | null;

  @ApiProperty({ ...INSTANT, nullable: true, example: null })
  assigned_at: string | null;

  static of(this: void, record: ParkedRecord): ParkedResponse {
    return {
      id: record.id,
      gateway_id: record.gatewayId,
      order: record.orderId,
      purpose: record.purpose,
      amount: record.amount,
      refunded_amount: record.refundedAmount,
      currency: record.currency,
      status: record.status,
      reason: record.reason,
      email: maskedEmail(record.email),
      contact: maskedContact(record.contact),
      likely_owner: likelyOwner(record),
      noted_creator: record.creatorId,
      paid_at: record.paidAt.toISOString(),
      captures_before: capturesBefore(record)?.toISOString() ?? null,
      assigned_to: record.assignedTo,
      assigned_by: record.assignedBy,
      assigned_reason: record.assignedReason,
      assigned_at: record.assignedAt?.toISOString() ?? null,
    };
  }
}

/** Whoever can prove to have paid comes first. */
function likelyOwner({ payerId, payerName, creatorId, creatorName }: ParkedRecord): LikelyOwner | null {
  if (payerId !== null && payerName !== null) return { account: payerId, username: payerName, by: 'email' };
  if (creatorId !== null && creatorName !== null) return { account: creatorId, username: creatorName, by: 'notes' };
  return null;
}
