import { ApiProperty } from '@nestjs/swagger';
import type { JsonObject } from '../../../infra/outbox/fact';
import type { AttemptRecord, DeliveryRecord } from '../delivery-log.repository';
import { DELIVERY_STATUSES, type EndpointDeliveryStatus } from '../endpoint-delivery.entity';

export class EndpointAttemptResponse {
  @ApiProperty({ type: 'integer', nullable: true, description: 'Null where nothing came back.', example: 500 })
  status: number | null;

  @ApiProperty({ type: String, nullable: true, description: 'Why nothing came back.', example: null })
  error: string | null;

  @ApiProperty({ type: 'integer', description: 'How long it took, in milliseconds.', example: 132 })
  ms: number;

  @ApiProperty({ type: String, format: 'date-time', example: '2026-03-01T12:00:00.000Z' })
  at: string;

  static of(this: void, { status, error, ms, at }: AttemptRecord): EndpointAttemptResponse {
    return { status, error, ms, at: at.toISOString() };
  }
}

export class EndpointDeliveryResponse {
  @ApiProperty({ type: 'integer', example: 88 })
  id: number;

  @ApiProperty({
    description: 'The header `webhook-id`, the same at every attempt.',
    example: 'msg_8e03978e-40d5-43dd-bc93-6894a57f9324',
  })
  message_id: string;

  @ApiProperty({ example: 'follower.created' })
  type: string;

  @ApiProperty({
    enum: DELIVERY_STATUSES,
    description: '`dead`: it is not tried any more, unless you redeliver it.',
    example: 'pending',
  })
  status: EndpointDeliveryStatus;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'What is sent.',
    example: {
      type: 'follower.created',
      timestamp: '2026-03-01T12:00:00.000Z',
      data: { follower: { id: 7, username: 'asha' } },
    },
  })
  payload: JsonObject;

  @ApiProperty({ type: String, format: 'date-time', example: '2026-03-01T12:00:00.000Z' })
  created_at: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, example: '2026-03-01T12:05:00.000Z' })
  next_attempt_at: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, example: null })
  finished_at: string | null;

  @ApiProperty({ type: [EndpointAttemptResponse], description: 'The last fifty, oldest first.' })
  attempts: EndpointAttemptResponse[];

  static of(this: void, delivery: DeliveryRecord): EndpointDeliveryResponse {
    return {
      id: delivery.id,
      message_id: delivery.messageId,
      type: delivery.type,
      status: delivery.status,
      payload: JSON.parse(delivery.body) as JsonObject,
      created_at: delivery.createdAt.toISOString(),
      next_attempt_at: delivery.status === 'pending' ? delivery.runAt.toISOString() : null,
      finished_at: delivery.finishedAt?.toISOString() ?? null,
      attempts: delivery.attempts.map(EndpointAttemptResponse.of),
    };
  }
}
