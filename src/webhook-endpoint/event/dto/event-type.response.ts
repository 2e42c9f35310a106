import { ApiProperty } from '@nestjs/swagger';
import type { JsonObject } from '../../../infra/outbox/fact';
import { type DescribedEventType, EVENT_TYPES, type EventType } from '../event-type.rules';

const SAMPLED_AT = '2026-03-01T12:00:00.000Z';

export class EventSamplePayload {
  @ApiProperty({ example: 'follower.created' })
  type: string;

  @ApiProperty({ format: 'date-time', example: SAMPLED_AT })
  timestamp: string;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    example: { follower: { id: 7, username: 'asha' } },
  })
  data: JsonObject;
}

export class EventTypeResponse {
  @ApiProperty({ enum: EVENT_TYPES, example: 'follower.created' })
  type: EventType;

  @ApiProperty({ example: 'Somebody follows you who did not until now.' })
  description: string;

  @ApiProperty({ type: EventSamplePayload, description: 'The body of a call.' })
  sample: EventSamplePayload;

  static of(this: void, { type, description, sample }: DescribedEventType): EventTypeResponse {
    return { type, description, sample: { type, timestamp: SAMPLED_AT, data: sample } };
  }
}
