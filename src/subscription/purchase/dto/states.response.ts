import { ApiProperty } from '@nestjs/swagger';
import { MANDATE_STATUSES, type MandateStatus } from '../../../payment/events/mandate-changed.event';
import {
  ACCESS_ENDS,
  ACCESS_REASONS,
  ACCESS_TABLE,
  type AccessEnd,
  type AccessReason,
  type AccessRow,
  REFUNDED,
} from '../subscription.state';

class StateResponse implements AccessRow {
  @ApiProperty({ enum: MANDATE_STATUSES, example: 'pending' })
  status: MandateStatus;

  @ApiProperty({ description: 'Whether it was cancelled as of the end of what is paid.', example: false })
  cancelled_at_cycle_end: boolean;

  @ApiProperty({ description: 'Whether another tier is authorised to take its place then.', example: false })
  changing_tier: boolean;

  @ApiProperty({
    enum: ACCESS_ENDS,
    description:
      'Where access ends: `none` = there is none; `paid_end` = with the last day that is paid; `grace_end` = ' +
      '`grace_days` later; `ended_at` = when it ended, and never after the last day that is paid.',
    example: 'grace_end',
  })
  until: AccessEnd;

  @ApiProperty({ enum: ACCESS_REASONS, description: 'Why there is access, or none.', example: 'payment_failed_grace' })
  reason: AccessReason;
}

class RefundedResponse {
  @ApiProperty({ enum: [REFUNDED.until], description: '`refunded_at` = when the last of it went back.' })
  until: typeof REFUNDED.until;

  @ApiProperty({ enum: [REFUNDED.reason] })
  reason: typeof REFUNDED.reason;
}

export class StatesResponse {
  @ApiProperty({ type: 'integer', description: 'Days for which access outlasts what is paid.', example: 7 })
  grace_days: number;

  @ApiProperty({ type: StateResponse, isArray: true, description: 'What each state opens once a month is paid.' })
  states: readonly StateResponse[];

  @ApiProperty({
    type: RefundedResponse,
    description:
      'Of each state, where the last month that is paid went back to its payer in full and access would last longer. What ' +
      'goes on opens again with its next payment.',
  })
  refunded: RefundedResponse;

  static of(this: void, graceDays: number): StatesResponse {
    return { grace_days: graceDays, states: ACCESS_TABLE, refunded: REFUNDED };
  }
}
