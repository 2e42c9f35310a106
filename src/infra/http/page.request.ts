import { field } from './fields';

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
