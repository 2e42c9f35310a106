import { ApiProperty } from '@nestjs/swagger';
import { CALL_KINDS, type CallKind, type MadeCall } from '../lms-call';
import type { DeliveryRecord } from '../lms-delivery.repository';
import { DELIVERY_STATUSES, type DeliveryStatus, TOLD, type Told } from '../lms-delivery.state';

const INSTANT = { format: 'date-time', example: '2026-03-01T09:30:00.000Z' } as const;

export class LmsAttemptResponse {
  @ApiProperty(INSTANT)
  at: string;

  @ApiProperty({
    enum: CALL_KINDS,
    example: 'enrol',
    description: 'To the plugin, the event endpoint, or Open edX: for a token, an allowance, an account, an enrolment.',
  })
  kind: CallKind;

  @ApiProperty({ type: 'integer', nullable: true, example: 200, description: 'Null where there was no answer.' })
  status: number | null;

  @ApiProperty({ type: String, nullable: true, example: null, description: 'Why there was no answer.' })
  error: string | null;

  @ApiProperty({ type: 'integer', example: 84, description: 'Milliseconds.' })
  ms: number;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'The beginning of the answer.',
    example: '{"success":true,"message":"User enrollment status verified for 1 course(s)"}',
  })
  excerpt: string | null;

  static of(this: void, { at, kind, status, error, duration, excerpt }: MadeCall): LmsAttemptResponse {
    return { at: at.toISOString(), kind, status, error, ms: duration, excerpt };
  }
}

export class LmsDeliveryResponse {
  @ApiProperty({ type: 'integer', example: 31 })
  id: number;

  @ApiProperty({ type: 'integer', example: 2 })
  lms: number;

  @ApiProperty({ type: 'integer', example: 12 })
  enrolment: number;

  @ApiProperty({ example: 'course-v1:edX+DemoX+Demo_Course' })
  course_id: string;

  @ApiProperty({ type: 'integer', nullable: true, example: 7, description: 'Null once the account is closed.' })
  account: number | null;

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'test@example.com',
    description: 'By which the LMS knows the person, as long as it is kept.',
  })
  email: string | null;

  @ApiProperty({
    enum: DELIVERY_STATUSES,
    example: 'delivered',
    description:
      '`not_withdrawn`: it ended here and is still open at the LMS, where somebody has to end it by hand; ' +
      '`unknown_course`: the LMS has no such course; `dead`: given up after a day, or refused for good.',
  })
  status: DeliveryStatus;

  @ApiProperty({
    enum: TOLD,
    nullable: true,
    example: 'active',
    description:
      'What the LMS knows; null: nothing, `unsure`: a call may have reached it, `kept`: see `not_withdrawn`.',
  })
  told: Told | null;

  @ApiProperty({ type: 'integer', example: 1, description: 'Since the enrolment last changed.' })
  attempts: number;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, example: null, description: 'Of one pending.' })
  next_attempt_at: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    example: null,
    description: 'Of the last attempt, where it went wrong.',
  })
  error: string | null;

  @ApiProperty({ type: LmsAttemptResponse, isArray: true, description: 'Every call of 30 days, newest first.' })
  calls: LmsAttemptResponse[];

  @ApiProperty(INSTANT)
  created_at: string;

  @ApiProperty(INSTANT)
  updated_at: string;

  static of(this: void, record: DeliveryRecord): LmsDeliveryResponse {
    return {
      id: record.id,
      lms: record.lmsId,
      enrolment: record.enrolmentId,
      course_id: record.courseKey,
      account: record.accountId,
      email: record.email,
      status: record.status,
      told: record.told,
      attempts: record.attempts,
      next_attempt_at: record.status === 'pending' ? record.runAt.toISOString() : null,
      error: record.lastError,
      calls: record.calls.map(LmsAttemptResponse.of),
      created_at: record.createdAt.toISOString(),
      updated_at: record.updatedAt.toISOString(),
    };
  }
}
