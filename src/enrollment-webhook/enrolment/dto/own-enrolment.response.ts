import { ApiProperty } from '@nestjs/swagger';
import type { OwnEnrolment } from '../enrolment-view.repository';
import { ENROLMENT_STATUSES, type EnrolmentStatus } from '../enrolment.state';

export class OwnEnrolmentResponse {
  @ApiProperty({ type: 'integer', example: 12 })
  id: number;

  @ApiProperty({ example: 'course-v1:edX+DemoX+Demo_Course' })
  course_id: string;

  @ApiProperty({ example: 'Demonstration Course' })
  display_name: string;

  @ApiProperty({ example: 'audit' })
  mode: string;

  @ApiProperty({ enum: ENROLMENT_STATUSES, example: 'active' })
  status: EnrolmentStatus;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'When access ends.', example: null })
  expires_at: string | null;

  static of(this: void, { id, courseKey, displayName, mode, status, expiresAt }: OwnEnrolment): OwnEnrolmentResponse {
    return {
      id,
      course_id: courseKey,
      display_name: displayName,
      mode,
      status,
      expires_at: expiresAt?.toISOString() ?? null,
    };
  }
}
