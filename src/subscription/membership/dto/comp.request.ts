import { BooleanField, CharField, DateTimeField, IntegerField } from '../../../infra/http/fields';
import { Strict } from '../../../infra/http/fields/plan';
import { PagedQuery } from '../../../infra/http/page.request';

@Strict()
export class CompRequest {
  @IntegerField({ min: 1, example: 7 })
  account: number;

  @IntegerField({ min: 1, description: 'A paid one that is not archived.', example: 3 })
  tier: number;

  @CharField({ max: 500, example: 'Press' })
  reason: string;

  @DateTimeField({ required: false, nullable: true, description: 'null = until it is ended.' })
  ends_at?: Date | null;
}

@Strict()
export class CompQuery extends PagedQuery {
  @IntegerField({ required: false, min: 1 })
  account?: number;

  @IntegerField({ required: false, min: 1 })
  tier?: number;

  @BooleanField({ required: false, description: 'Whether it holds at present.' })
  live?: boolean;
}
