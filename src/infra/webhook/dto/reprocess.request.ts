import { BooleanField, CharField, DateTimeField } from '../../http/fields';
import { Strict } from '../../http/fields/plan';

@Strict()
export class ReprocessRequest {
  @DateTimeField({ description: 'Arrived at this instant or later.', example: '2026-03-01T14:00:00Z' })
  from: Date;

  @DateTimeField({
    description: 'Arrived before this instant, at most 31 days later.',
    example: '2026-03-01T15:00:00Z',
  })
  to: Date;

  @CharField({ required: false, max: 32, description: 'Of this sender only.', example: 'razorpay' })
  source?: string;

  @BooleanField({ required: false, description: 'Only tell what would change.', example: true })
  dry_run: boolean = false;
}
