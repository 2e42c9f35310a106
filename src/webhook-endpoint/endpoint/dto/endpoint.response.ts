import { ApiProperty } from '@nestjs/swagger';
import type { CallResult } from '../../deliver/endpoint.caller';
import { hasArrived } from '../../deliver/delivery-schedule.rules';
import { EVENT_TYPES, type EventType } from '../../event/event-type.rules';
import type { EndpointRecord } from '../endpoint.repository';
import { DISABLED_REASONS, type DisabledReason } from '../webhook-endpoint.entity';

const INSTANT = { type: String, format: 'date-time', nullable: true, example: null } as const;

export class EndpointResponse {
  @ApiProperty({ type: 'integer', example: 4 })
  id: number;

  @ApiProperty({ example: 'https://bot.example.org/hooks/guildhall' })
  url: string;

  @ApiProperty({ example: 'My Discord bot' })
  description: string;

  @ApiProperty({ enum: EVENT_TYPES, isArray: true, example: ['membership.started', 'tip.received'] })
  events: readonly EventType[];

  @ApiProperty({ example: true })
  enabled: boolean;

  @ApiProperty({
    type: String,
    enum: DISABLED_REASONS,
    nullable: true,
    description: '`owner`: by you. `gone`: it answered 410. `failing`: nothing arrived for five days.',
    example: null,
  })
  disabled_reason: DisabledReason | null;

  @ApiProperty(INSTANT)
  disabled_at: string | null;

  @ApiProperty({ ...INSTANT, description: 'Since when every attempt has failed; null: the last one arrived.' })
  failing_since: string | null;

  @ApiProperty({ type: String, format: 'date-time', example: '2026-03-01T12:00:00.000Z' })
  created_at: string;

  @ApiProperty({ type: String, format: 'date-time', example: '2026-03-01T12:00:00.000Z' })
  updated_at: string;

  static of(this: void, endpoint: EndpointRecord): EndpointResponse {
    return {
      id: endpoint.id,
      url: endpoint.url,
      description: endpoint.description,
      events: endpoint.events,
      enabled: endpoint.disabledAt === null,
      disabled_reason: endpoint.disabledReason,
      disabled_at: endpoint.disabledAt?.toISOString() ?? null,
      failing_since: endpoint.failingSince?.toISOString() ?? null,
      created_at: endpoint.createdAt.toISOString(),
      updated_at: endpoint.updatedAt.toISOString(),
    };
  }
}

export class EndpointWithSecretResponse extends EndpointResponse {
  @ApiProperty({
    description: 'What calls are signed with. Shown this once.',
    example: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=',
  })
  secret: string;

  static with(this: void, { endpoint, secret }: EndpointWithSecret): EndpointWithSecretResponse {
    return { ...EndpointResponse.of(endpoint), secret };
  }
}

export interface EndpointWithSecret {
  readonly endpoint: EndpointRecord;
  readonly secret: string;
}

export class EndpointTestResponse {
  @ApiProperty({ description: 'Whether it answered 2xx.', example: true })
  delivered: boolean;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Null where nothing came back.', example: 200 })
  status: number | null;

  @ApiProperty({ type: String, nullable: true, description: 'Why nothing came back.', example: null })
  error: string | null;

  @ApiProperty({ type: 'integer', description: 'How long it took, in milliseconds.', example: 132 })
  ms: number;

  @ApiProperty({ description: 'The beginning of what came back.', example: 'ok' })
  body: string;

  static of(this: void, result: CallResult): EndpointTestResponse {
    const { status, error, ms, body } = result;
    return { delivered: hasArrived(result), status, error, ms, body };
  }
}
