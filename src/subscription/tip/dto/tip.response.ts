import { ApiProperty } from '@nestjs/swagger';
import { TIP_STATUSES, type TipStatus } from '../tip.entity';
import type { TipRecord, WallRecord } from '../tip-list.repository';

export class MessageResponse {
  @ApiProperty({ description: 'Empty where the payer stays unknown.', example: 'Member' })
  name: string;

  @ApiProperty({ example: 'check' })
  message: string;

  @ApiProperty({ type: 'integer', nullable: true, description: 'In minor units; null = not shown.', example: 34800 })
  amount: number | null;

  @ApiProperty({ type: String, nullable: true, example: 'INR' })
  currency: string | null;

  @ApiProperty({ description: 'A URL, or empty.', example: '' })
  profile_pic: string;

  @ApiProperty({ type: String, format: 'date-time' })
  dateTime: string;

  static of(this: void, { name, message, amount, currency, profilePic, paidAt }: WallRecord): MessageResponse {
    return { name, message, amount, currency, profile_pic: profilePic, dateTime: paidAt.toISOString() };
  }
}

class ListLinks {
  @ApiProperty({ type: 'integer', example: 1 })
  count: number;

  @ApiProperty({ type: String, format: 'uri', nullable: true, example: null })
  next: string | null;

  @ApiProperty({ type: String, format: 'uri', nullable: true, example: null })
  previous: string | null;
}

export class MessagesResponse extends ListLinks {
  @ApiProperty({ type: MessageResponse, isArray: true, description: 'Newest first.' })
  messages: MessageResponse[];
}

export class TipResponse {
  @ApiProperty({ type: 'integer', example: 5 })
  id: number;

  @ApiProperty({ description: 'Empty where the account is closed.', example: 'asha' })
  Creator_username: string;

  @ApiProperty({ description: 'A URL, or empty.', example: '' })
  Creator_profile_pic: string;

  @ApiProperty({ example: 'check' })
  message: string;

  @ApiProperty({ type: 'integer', description: "In the currency's minor unit.", example: 34800 })
  amount: number;

  @ApiProperty({ example: 'INR' })
  currency: string;

  @ApiProperty({ example: false })
  anonymous: boolean;

  @ApiProperty({ example: false })
  hide_amount: boolean;

  @ApiProperty({ enum: TIP_STATUSES, example: 'paid' })
  status: TipStatus;

  @ApiProperty({ type: String, format: 'date-time' })
  dateCreated: string;

  static of(this: void, tip: TipRecord): TipResponse {
    return {
      id: tip.id,
      Creator_username: tip.username,
      Creator_profile_pic: tip.profilePic,
      message: tip.message,
      amount: tip.amount,
      currency: tip.currency,
      anonymous: tip.anonymous,
      hide_amount: tip.hideAmount,
      status: tip.status,
      dateCreated: tip.createdAt.toISOString(),
    };
  }
}

export class TipsResponse extends ListLinks {
  @ApiProperty({ type: TipResponse, isArray: true, description: 'Newest first.' })
  tips: TipResponse[];
}

export class TipPrivacyResponse {
  @ApiProperty({ type: 'integer', example: 5 })
  id: number;

  @ApiProperty({ example: true })
  anonymous: boolean;

  @ApiProperty({ example: false })
  hide_amount: boolean;
}
