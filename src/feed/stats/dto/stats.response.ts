import { ApiProperty } from '@nestjs/swagger';

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
}

export class StatsTier {
  @ApiProperty(COUNT)
  tier: number;

  @ApiProperty({ example: 'Gold' })
  name: string;

  @ApiProperty(COUNT)
  members: number;
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
    type: StatsDay,
    isArray: true,
    description: 'Every day, oldest first; what came on it and still stands.',
  })
  series: StatsDay[];

  @ApiProperty({ type: StatsPost, isArray: true, description: 'The five with most likes.' })
  top_posts: StatsPost[];
}
