import { ApiProperty } from '@nestjs/swagger';
import { StatsMoney, StatsMoneyDay } from './stats-money.response';

const COUNT = { type: 'integer', example: 3 } as const;

export class StatsTotals {
  @ApiProperty(COUNT)
  followers: number;

  @ApiProperty({ ...COUNT, description: 'People, however many tiers they are in.' })
  members: number;

  @ApiProperty({ ...COUNT, description: 'That are out.' })
  posts: number;

  @ApiProperty(COUNT)
  likes: number;

  @ApiProperty(COUNT)
  comments: number;
}

export class StatsDay extends StatsTotals {
  @ApiProperty({ type: String, format: 'date', example: '2026-11-01' })
  date: string;

  @ApiProperty({ type: StatsMoneyDay, isArray: true, description: 'Of each currency that came or went that day.' })
  money: readonly StatsMoneyDay[];
}

export class StatsTier {
  @ApiProperty(COUNT)
  tier: number;

  @ApiProperty({ example: 'Gold' })
  name: string;

  @ApiProperty(COUNT)
  members: number;
}

export class StatsTierSeries {
  @ApiProperty(COUNT)
  tier: number;

  @ApiProperty({ example: 'Gold' })
  name: string;

  @ApiProperty({
    type: 'array',
    items: { type: 'integer' },
    description: 'How many there were at the end of each day of `series`; on the last one, now.',
    example: [2, 3, 3],
  })
  members: readonly number[];
}

export class StatsPost {
  @ApiProperty({ type: 'integer', example: 12 })
  id: number;

  @ApiProperty({ example: 'How I mix a rhythm track' })
  title: string;

  @ApiProperty(COUNT)
  likes: number;

  @ApiProperty(COUNT)
  comments: number;
}

export class StatsResponse {
  @ApiProperty({ description: 'Yours, an IANA name: in it days begin and end.', example: 'Asia/Kolkata' })
  time_zone: string;

  @ApiProperty({ type: String, format: 'date', example: '2026-10-03' })
  since: string;

  @ApiProperty({ type: String, format: 'date', description: 'Today.', example: '2026-11-01' })
  until: string;

  @ApiProperty({ type: StatsTotals, description: 'As it is now.' })
  totals: StatsTotals;

  @ApiProperty({ type: StatsTier, isArray: true })
  members_by_tier: StatsTier[];

  @ApiProperty({
    type: StatsTierSeries,
    isArray: true,
    description: 'The tiers that can be had, and archived ones that had members in this time; up to 100.',
  })
  tier_series: readonly StatsTierSeries[];

  @ApiProperty({
    type: StatsMoney,
    isArray: true,
    description:
      'What came in from `since` to `until` by the ledger, by currency. Every amount is in minor units; what was paid on a day counts on it, and what was paid back on the day of that.',
  })
  money: readonly StatsMoney[];

  @ApiProperty({
    type: StatsDay,
    isArray: true,
    description: 'Every day, oldest first; what came on it and still stands.',
  })
  series: StatsDay[];

  @ApiProperty({ type: StatsPost, isArray: true, description: 'The five with most likes.' })
  top_posts: StatsPost[];
}
