import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { JsonObject } from '../../../infra/outbox/fact';
import type { Level } from '../../kind/notification-kind.rules';

const CONTENT_TYPE =
  'What kind of thing it is: 1 account, 2 post, 3 comment, 4 tier, 5 tip, 6 course, 7 payment, 8 commission.';

/** One notification, with the fields of django-notifications. */
export class BellItem {
  @ApiProperty({ type: 'integer', example: 7 })
  id: number;

  @ApiProperty({ type: 'integer', example: 110_916, description: 'What the other routes name it by.' })
  slug: number;

  @ApiProperty({ type: 'integer', example: 110_916, description: 'The slug, as the old README writes it.' })
  sulg: number;

  @ApiProperty({ enum: ['success', 'info', 'warning', 'error'], example: 'info' })
  level: Level;

  @ApiProperty({ type: 'integer', example: 1 })
  recipient: number;

  @ApiProperty({ example: true })
  unread: boolean;

  @ApiProperty({ type: 'integer', nullable: true, example: 1, description: CONTENT_TYPE })
  actor_content_type: number | null;

  @ApiProperty({ type: String, nullable: true, example: '5' })
  actor_object_id: string | null;

  @ApiProperty({ example: 'zoe', description: 'Who did it; Guildhall where nobody did.' })
  actor: string;

  @ApiProperty({ example: 'commented on' })
  verb: string;

  @ApiProperty({ type: String, nullable: true, example: 'zoe commented on “Hats”.' })
  description: string | null;

  @ApiProperty({ type: 'integer', nullable: true, example: 2, description: CONTENT_TYPE })
  target_content_type: number | null;

  @ApiProperty({ type: String, nullable: true, example: '12' })
  target_object_id: string | null;

  @ApiPropertyOptional({ example: 'Hats', description: 'Absent where there is none, or none that you may see.' })
  target?: string;

  @ApiProperty({ type: 'integer', nullable: true, example: 3, description: CONTENT_TYPE })
  action_object_content_type: number | null;

  @ApiProperty({ type: String, nullable: true, example: '33' })
  action_object_object_id: string | null;

  @ApiPropertyOptional({ example: 'comment 33' })
  action_object?: string;

  @ApiProperty({ format: 'date-time', example: '2026-11-21T09:00:00.000Z' })
  timestamp: string;

  @ApiProperty({ example: true })
  public: boolean;

  @ApiProperty({ example: false })
  deleted: boolean;

  @ApiProperty({ example: false })
  emailed: boolean;

  @ApiProperty({ type: 'object', additionalProperties: true, example: { kind: 'comment' } })
  data: JsonObject;
}

/** The bell as the old server answered it. */
export class BellResponse {
  @ApiProperty({ type: 'integer', example: 1, description: 'Of all, not only of those listed.' })
  unread_count: number;

  @ApiProperty({ type: [BellItem], description: 'Newest first.' })
  unread_list: BellItem[];

  @ApiProperty({ type: 'integer', example: 1 })
  all_count: number;

  @ApiProperty({ type: [BellItem], description: 'Newest first, read or not.' })
  all_list: BellItem[];
}

/** What is left after a change. */
export class BellCounts {
  @ApiProperty({ type: 'integer', example: 0 })
  unread_count: number;

  @ApiProperty({ type: 'integer', example: 1 })
  all_count: number;
}
