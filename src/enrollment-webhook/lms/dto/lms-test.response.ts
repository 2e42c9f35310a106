import { ApiProperty } from '@nestjs/swagger';
import type { MadeCall } from '../lms-call';
import { LMS_VERDICTS, type LmsTest, type LmsTested, type LmsVerdict } from '../lms-test.service';

export class LmsTestedResponse {
  @ApiProperty({
    enum: LMS_VERDICTS,
    example: 'ok',
    description: '`previous_secret`: only the secret before the last rotation is accepted; `refused`: neither is.',
  })
  verdict: LmsVerdict;

  @ApiProperty({ type: 'integer', nullable: true, example: 400, description: 'Null where there was no answer.' })
  status: number | null;

  @ApiProperty({ type: String, nullable: true, example: null, description: 'Why there was no answer.' })
  error: string | null;

  @ApiProperty({ type: 'integer', example: 84, description: 'Milliseconds.' })
  ms: number;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'The beginning of the answer.',
    example: '{"success":false,"message":{"non_field_errors":["At least one courseId must be provided"]}}',
  })
  excerpt: string | null;

  static of(this: void, { verdict, call }: LmsTested): LmsTestedResponse {
    return { verdict, ...shown(call) };
  }
}

export class LmsTestResponse {
  @ApiProperty({ type: LmsTestedResponse, description: 'A signed call without courses, which enrols nobody.' })
  lernito: LmsTestedResponse;

  @ApiProperty({ type: LmsTestedResponse, nullable: true, description: 'A token of Open edX was asked for.' })
  openedx: LmsTestedResponse | null;

  static of(this: void, { lernito, openEdx }: LmsTest): LmsTestResponse {
    return { lernito: LmsTestedResponse.of(lernito), openedx: openEdx && LmsTestedResponse.of(openEdx) };
  }
}

function shown({ status, error, duration, excerpt }: MadeCall): Omit<LmsTestedResponse, 'verdict'> {
  return { status, error, ms: duration, excerpt };
}
