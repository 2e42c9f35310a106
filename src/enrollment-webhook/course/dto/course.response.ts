import { ApiProperty } from '@nestjs/swagger';
import type { CourseRecord } from '../course.repository';

const INSTANT = { type: String, format: 'date-time', nullable: true, example: null } as const;

export class CourseResponse {
  @ApiProperty({ type: 'integer', example: 1 })
  id: number;

  @ApiProperty({ example: 'course-v1:edX+DemoX+Demo_Course' })
  course_id: string;

  @ApiProperty({ example: 'Demonstration Course' })
  display_name: string;

  @ApiProperty({ type: 'integer', isArray: true, example: [7] })
  owners: number[];

  @ApiProperty(INSTANT)
  enrolment_start: string | null;

  @ApiProperty(INSTANT)
  enrolment_end: string | null;

  @ApiProperty(INSTANT)
  start: string | null;

  @ApiProperty(INSTANT)
  end: string | null;

  @ApiProperty({ type: 'integer', nullable: true, example: null })
  capacity: number | null;

  @ApiProperty({ example: false })
  invitation_only: boolean;

  @ApiProperty({ example: false })
  archived: boolean;

  @ApiProperty({ type: 'integer', description: 'Active enrolments.', example: 0 })
  enrolled: number;

  @ApiProperty({ type: String, format: 'date-time' })
  created_at: string;

  @ApiProperty({ type: String, format: 'date-time' })
  updated_at: string;

  static of(this: void, { course, owners, enrolled }: CourseRecord): CourseResponse {
    return {
      id: course.id,
      course_id: course.courseKey,
      display_name: course.displayName,
      owners: [...owners],
      enrolment_start: course.enrolmentStart?.toISOString() ?? null,
      enrolment_end: course.enrolmentEnd?.toISOString() ?? null,
      start: course.startsAt?.toISOString() ?? null,
      end: course.endsAt?.toISOString() ?? null,
      capacity: course.capacity,
      invitation_only: course.invitationOnly,
      archived: course.archivedAt !== null,
      enrolled,
      created_at: course.createdAt.toISOString(),
      updated_at: course.updatedAt.toISOString(),
    };
  }
}
