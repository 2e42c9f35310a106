import { CharField, ChoiceField, IntegerField } from '../../../infra/http/fields';
import { Strict } from '../../../infra/http/fields/plan';
import { PagedQuery } from '../../../infra/http/page.request';
import type { ParkedState } from '../parked.repository';

@Strict()
export class ParkedQuery extends PagedQuery {
  @ChoiceField(['open', 'assigned'], {
    required: false,
    description: '`open`: nobody has it, and it did not go back to its payer.',
    example: 'open',
  })
  state?: ParkedState;
}

@Strict()
export class AssignRequest {
  @IntegerField({ min: 1, description: "A creator's.", example: 7 })
  account: number;

  @CharField({ max: 500, description: 'Kept with who assigned it.', example: 'The payer wrote to us: ticket 4711.' })
  reason: string;
}
