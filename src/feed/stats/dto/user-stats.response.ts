import { ApiProperty } from '@nestjs/swagger';
import { ReaderPaid } from './stats-money.response';

const INSTANT = { type: String, format: 'date-time', example: '2026-11-01T09:00:00.000Z' } as const;

export class ReaderMembership {
  @ApiProperty({ type: 'integer', example: 3 })
  tier: number;

  @ApiProperty({ example: 'Gold' })
  name: string;

  @ApiProperty({ type: 'integer', description: 'The account.', example: 7 })
  creator: number;

  @ApiProperty(INSTANT)
  since: string;

  @ApiProperty({ ...INSTANT, nullable: true, description: 'Null: open.' })
  access_until: string | null;
}

export class UserStatsResponse {
  @ApiProperty({ type: 'integer', description: 'How many creators you follow.', example: 12 })
  following: number;

  @ApiProperty({ type: ReaderMembership, isArray: true, description: 'Those that hold, the latest first.' })
  memberships: ReaderMembership[];

  @ApiProperty({ type: 'integer', description: 'That you gave.', example: 40 })
  likes: number;

  @ApiProperty({ type: 'integer', description: 'That you wrote and others see.', example: 5 })
  comments: number;

  @ApiProperty({
    type: ReaderPaid,
    isArray: true,
    description: 'What you have paid to creators, of all time, by currency; in minor units.',
  })
  paid: readonly ReaderPaid[];

  @ApiProperty(INSTANT)
  member_since: string;
}
