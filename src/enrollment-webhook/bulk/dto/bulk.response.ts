import { ApiProperty } from '@nestjs/swagger';
import { BULK_STATUSES, type BulkStatus } from '../bulk-enrolment.entity';
import type { BulkProgress } from '../bulk.repository';

export class BulkResponse {
  @ApiProperty({ type: 'integer', example: 5 })
  id: number;

  @ApiProperty({ enum: BULK_STATUSES, example: 'running' })
  status: BulkStatus;

  @ApiProperty({ type: 'integer', description: 'Rows that were sent.', example: 5000 })
  total: number;

  @ApiProperty({ type: 'integer', description: 'Rows that went well, so far.', example: 3188 })
  done: number;

  @ApiProperty({ type: 'integer', description: 'Rows that did not, so far.', example: 12 })
  failed: number;

  @ApiProperty({ format: 'date-time', example: '2026-03-01T09:30:00.000Z' })
  created_at: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, example: null })
  finished_at: string | null;

  static of(this: void, { createdAt, finishedAt, ...progress }: BulkProgress): BulkResponse {
    return { ...progress, created_at: createdAt.toISOString(), finished_at: finishedAt?.toISOString() ?? null };
  }
}
