import { field } from '../../../infra/http/fields';

/** Judged by bell-query.rules.ts, in the old library's way. */
export class BellQuery {
  @field(
    (value) => value,
    { required: false, description: 'How many of each list: 1 to 100, else 10.', example: 10 },
    { type: 'integer', minimum: 1, maximum: 100, default: 10 },
  )
  max?: unknown;

  @field(
    (value) => value,
    { required: false, description: 'Any text: what is answered is read from now on.', example: '' },
    { type: 'string' },
  )
  mark_as_read?: unknown;

  @field(
    (value) => value,
    { required: false, description: 'Only what is older than the notification of this slug.', example: 111_009 },
    { type: 'integer' },
  )
  before?: unknown;
}
