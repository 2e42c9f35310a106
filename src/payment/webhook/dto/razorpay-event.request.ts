import { ApiProperty } from '@nestjs/swagger';

/** For the document: the body is taken as it is, and read afterwards. */
export class RazorpayEventRequest {
  @ApiProperty({ example: 'acc_BFQ7uQEaa7j2z7' })
  account_id: string;

  @ApiProperty({ example: 'payment.captured' })
  event: string;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'The entities by their names, as they were when it happened.',
    example: { payment: { entity: { id: 'pay_29QQoUBi66xm2f', entity: 'payment' } } },
  })
  payload: Record<string, unknown>;

  @ApiProperty({ type: 'integer', description: 'Unix seconds.', example: 1616943771 })
  created_at: number;
}
