import { ApiProperty } from '@nestjs/swagger';
import type { JsonObject } from '../../outbox/fact';
import type { DeliveryWithRuns } from '../delivery-admin.service';
import type { ShownState } from '../delivery-search.repository';
import type { Verdict, WebhookDelivery } from '../webhook-delivery.entity';
import type { WebhookDeliveryRun } from '../webhook-delivery-run.entity';

export class DeliveryResponse {
  @ApiProperty({ type: 'integer', example: 41 })
  id: number;

  @ApiProperty({ example: 'lernito' })
  source: string;

  @ApiProperty({ type: String, nullable: true, description: 'The same for every repeat; null for rejected calls.' })
  event_key: string | null;

  @ApiProperty({ enum: ['accepted', 'rejected'], example: 'accepted' })
  verdict: Verdict;

  @ApiProperty({ type: String, nullable: true, description: 'Why it was rejected.', example: null })
  fault: string | null;

  @ApiProperty({ type: 'integer', description: 'Of the last answer.', example: 200 })
  status: number;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Names the secret that verified it.',
    example: 'b1946ac92492',
  })
  secret_id: string | null;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'The time its sender signed, if any.',
  })
  signed_at: string | null;

  @ApiProperty({ type: 'integer', description: 'Bytes as sent.', example: 137 })
  body_size: number;

  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true, description: 'What it did, or why not.' })
  effect: JsonObject | null;

  @ApiProperty({ type: 'integer', description: 'How often it arrived.', example: 1 })
  receipts: number;

  @ApiProperty({ type: String, format: 'date-time' })
  received_at: string;

  @ApiProperty({ type: String, format: 'date-time' })
  last_received_at: string;

  @ApiProperty({
    enum: ['pending', 'done', 'dead'],
    example: 'done',
    description: '`pending`: to be processed yet. `dead`: given up. `done`: nothing is left to do.',
  })
  state: ShownState;

  @ApiProperty({ type: 'integer', description: 'How often it was processed.', example: 1 })
  attempts: number;

  @ApiProperty({ type: String, nullable: true, description: 'Of the last try, where it failed.', example: null })
  last_error: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'While it is pending.' })
  due_at: string | null;

  static of(this: void, delivery: WebhookDelivery): DeliveryResponse {
    return {
      id: delivery.id,
      source: delivery.source,
      event_key: delivery.eventKey,
      verdict: delivery.verdict,
      fault: delivery.fault,
      status: delivery.status,
      secret_id: delivery.secretId,
      signed_at: delivery.signedAt?.toISOString() ?? null,
      body_size: delivery.bodySize,
      effect: delivery.effect,
      receipts: delivery.receipts,
      received_at: delivery.receivedAt.toISOString(),
      last_received_at: delivery.lastReceivedAt.toISOString(),
      state: delivery.state === 'again' ? 'pending' : delivery.state,
      attempts: delivery.attempts,
      last_error: delivery.lastError,
      due_at: delivery.dueAt?.toISOString() ?? null,
    };
  }
}

export class DeliveryRunResponse {
  @ApiProperty({ type: 'integer', nullable: true, description: 'The account of the administrator.', example: 1 })
  actor: number | null;

  @ApiProperty({ type: 'integer', example: 200 })
  status: number;

  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true })
  effect: JsonObject | null;

  @ApiProperty({ type: String, format: 'date-time' })
  ran_at: string;

  static of(this: void, run: WebhookDeliveryRun): DeliveryRunResponse {
    return { actor: run.actorId, status: run.status, effect: run.effect, ran_at: run.ranAt.toISOString() };
  }
}

export class DeliveryDetailResponse extends DeliveryResponse {
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: 'Without signatures.',
    example: { 'content-type': 'application/json' },
  })
  headers: Record<string, string>;

  @ApiProperty({
    description: 'As text; what is no UTF-8 in it shows as U+FFFD. Of a rejected call the first 4 KiB.',
    example: '{"email": "test@example.com", "courseIds": ["course-v1:edX+DemoX+Demo_Course"]}',
  })
  body: string;

  @ApiProperty({ type: DeliveryRunResponse, isArray: true, description: 'When administrators had it processed again.' })
  runs: DeliveryRunResponse[];

  static ofDetail(this: void, { delivery, runs }: DeliveryWithRuns): DeliveryDetailResponse {
    return {
      ...DeliveryResponse.of(delivery),
      headers: delivery.headers,
      body: delivery.body.toString('utf8'),
      runs: runs.map(DeliveryRunResponse.of),
    };
  }
}
