import { ApiProperty } from '@nestjs/swagger';
import type { TierRecord } from '../tier.repository';

export class TierPriceResponse {
  @ApiProperty({ example: 'INR' })
  currency: string;

  @ApiProperty({ type: 'integer', description: "In the currency's minor unit.", example: 19900 })
  amount: number;
}

export class TierResponse {
  @ApiProperty({ type: 'integer', example: 3 })
  id: number;

  @ApiProperty({ type: 'integer', description: 'An account.', example: 7 })
  creator: number;

  @ApiProperty({ example: 'Gold' })
  name: string;

  @ApiProperty({ example: 'Early tracks, and the stems.' })
  description: string;

  @ApiProperty({ type: TierPriceResponse, isArray: true, description: 'INR first.' })
  prices: TierPriceResponse[];

  @ApiProperty({ description: 'Whether it is free.', example: false })
  is_public: boolean;

  @ApiProperty({ type: 'integer', nullable: true, example: null })
  member_limit: number | null;

  @ApiProperty({ type: String, isArray: true, example: [] })
  course_ids: string[];

  @ApiProperty({ description: 'It takes no new members.', example: false })
  archived: boolean;

  @ApiProperty({ type: 'integer', description: 'Its members.', example: 0 })
  subscriber_count: number;

  @ApiProperty({ type: String, format: 'date-time' })
  created_at: string;

  static of(this: void, tier: TierRecord): TierResponse {
    return {
      id: tier.id,
      creator: tier.creatorId,
      name: tier.name,
      description: tier.description,
      prices: [...tier.prices],
      is_public: tier.isPublic,
      member_limit: tier.memberLimit,
      course_ids: [...tier.courseIds],
      archived: tier.archivedAt !== null,
      subscriber_count: tier.memberCount,
      created_at: tier.createdAt.toISOString(),
    };
  }
}
