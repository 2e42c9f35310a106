import { ApiProperty } from '@nestjs/swagger';
import { PersonView } from '../../post/post-view.service';
import { REPORT_KINDS, type ReportKind, type ReportRow } from '../report.repository';

/** As whoever reported it sees it. */
export class ReportResponse {
  @ApiProperty({ type: 'integer', example: 5 })
  id: number;

  @ApiProperty({ enum: REPORT_KINDS, example: 'comment' })
  subject_kind: ReportKind;

  @ApiProperty({ type: 'integer', example: 45 })
  subject: number;

  @ApiProperty({ example: 'Advertising.' })
  reason: string;

  @ApiProperty({ type: String, format: 'date-time' })
  created_at: string;

  static of(this: void, row: ReportRow): ReportResponse {
    return {
      id: row.id,
      subject_kind: row.subject_kind,
      subject: row.subject_id,
      reason: row.reason,
      created_at: row.created_at.toISOString(),
    };
  }
}

export class AdminReportResponse extends ReportResponse {
  @ApiProperty({ type: 'integer', description: 'On whose page.', example: 7 })
  creator: number;

  @ApiProperty({ type: 'integer', description: 'Who wrote it. The account may be closed.', example: 8 })
  author: number;

  @ApiProperty({
    description: "How the comment's body, or the post's title, began when it was reported: up to 500 characters.",
    example: 'Buy followers at ...',
  })
  excerpt: string;

  @ApiProperty({ type: PersonView })
  reporter: PersonView;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, example: null })
  resolved_at: string | null;

  static override of(this: void, row: ReportRow): AdminReportResponse {
    return {
      ...ReportResponse.of(row),
      creator: row.creator_id,
      author: row.author_id,
      excerpt: row.excerpt,
      reporter: { id: row.reporter_id, username: row.username, profile_pic: row.profile_pic },
      resolved_at: row.resolved_at?.toISOString() ?? null,
    };
  }
}
