import { CharField, ChoiceField, DateTimeField, IntegerField } from '../../http/fields';
import { Strict } from '../../http/fields/plan';
import { PagedQuery } from '../../http/page.request';
import type { ShownState } from '../delivery-search.repository';
import type { Verdict } from '../webhook-delivery.entity';

@Strict()
export class DeliveryQuery extends PagedQuery {
  @CharField({ required: false, max: 32, description: 'Who sends.', example: 'lernito' })
  source?: string;

  @ChoiceField(['accepted', 'rejected'], { required: false, description: 'Whether the call was found genuine.' })
  verdict?: Verdict;

  @ChoiceField(['pending', 'done', 'dead'], { required: false, description: 'What is left to do.' })
  state?: ShownState;

  @CharField({ required: false, description: 'A part of the last error.', example: 'gateway' })
  error?: string;

  @IntegerField({ required: false, min: 0, description: 'Processed that often or more.', example: 3 })
  min_attempts?: number;

  @DateTimeField({ required: false, description: 'To be processed before this instant.' })
  due_before?: Date;

  @IntegerField({ required: false, min: 100, max: 599, description: 'The status of the last answer.', example: 200 })
  status?: number;

  @CharField({
    required: false,
    description: 'A part of what the call can be found by (mail address, course key, ids), or the whole event key.',
    example: 'learner@example.com',
  })
  q?: string;

  @DateTimeField({ required: false, description: 'Arrived at this instant or later.', example: '2026-03-01T14:00:00Z' })
  from?: Date;

  @DateTimeField({ required: false, description: 'Arrived before this instant.', example: '2026-03-01T15:00:00Z' })
  to?: Date;
}
