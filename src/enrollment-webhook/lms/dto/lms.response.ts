import { ApiProperty } from '@nestjs/swagger';
import type { LmsRecord } from '../lms.service';

const MASK = '********';
const INSTANT = { format: 'date-time', example: '2026-03-01T09:30:00.000Z' } as const;
const NO_INSTANT = { type: String, format: 'date-time', nullable: true, example: null } as const;

export class LmsOpenEdxResponse {
  @ApiProperty({ example: 'https://lms.example.org' })
  base_url: string;

  @ApiProperty({ example: 'guildhall' })
  client_id: string;

  @ApiProperty({ example: MASK, description: 'Masked.' })
  client_secret: string;
}

export class LmsResponse {
  @ApiProperty({ type: 'integer', example: 2 })
  id: number;

  @ApiProperty({ example: 'Academy' })
  name: string;

  @ApiProperty({ example: 'https://lms.example.org/lernito/webhook/' })
  url: string;

  @ApiProperty({ example: MASK, description: 'Masked.' })
  secret: string;

  @ApiProperty({
    ...NO_INSTANT,
    description: 'Until when the secret before is tried after a 401; null: there is none.',
  })
  previous_secret_until: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'https://lms.example.org/guildhall/events/' })
  events_url: string | null;

  @ApiProperty({ type: LmsOpenEdxResponse, nullable: true, description: 'By which enrolments are withdrawn.' })
  openedx: LmsOpenEdxResponse | null;

  @ApiProperty({ example: true })
  enabled: boolean;

  @ApiProperty({ type: 'integer', example: 0, description: 'Calls in a row that went wrong.' })
  failures: number;

  @ApiProperty({ ...NO_INSTANT, description: 'Until then nothing is sent, because the last calls went wrong.' })
  paused_until: string | null;

  @ApiProperty(INSTANT)
  created_at: string;

  @ApiProperty(INSTANT)
  updated_at: string;

  static of(this: void, { lms, previousSecretUntil, pausedUntil }: LmsRecord): LmsResponse {
    const { openedxUrl, openedxClientId } = lms;
    return {
      id: lms.id,
      name: lms.name,
      url: lms.url,
      secret: MASK,
      previous_secret_until: previousSecretUntil?.toISOString() ?? null,
      events_url: lms.eventsUrl,
      openedx:
        openedxUrl === null || openedxClientId === null
          ? null
          : { base_url: openedxUrl, client_id: openedxClientId, client_secret: MASK },
      enabled: lms.enabled,
      failures: lms.failures,
      paused_until: pausedUntil?.toISOString() ?? null,
      created_at: lms.createdAt.toISOString(),
      updated_at: lms.updatedAt.toISOString(),
    };
  }
}
