import { field } from './fields';
import { Strict } from './fields/plan';

/** What a list takes besides its filters; `parsePage` judges it, in DRF's way. */
export class PagedQuery {
  @field((value) => value, { required: false, description: 'From 1.', example: 1 }, { type: 'integer', minimum: 1 })
  page?: unknown;

  @field(
    (value) => value,
    { required: false, description: 'At most 100.', example: 20 },
    { type: 'integer', minimum: 1 },
  )
  page_size?: unknown;
}

/** The same for a list whose items are long: SHORT_PAGE_LIMITS. */
export class ShortPagedQuery extends PagedQuery {
  @field(
    (value) => value,
    { required: false, description: 'At most 50.', example: 20 },
    { type: 'integer', minimum: 1 },
  )
  override page_size?: unknown;
}

/** The same for a list of ours without filters: whatever else stands in the query is refused. */
@Strict()
export class PageRequest extends PagedQuery {}
