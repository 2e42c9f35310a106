import { field } from '../../infra/http/fields';
import { PagedQuery } from '../../infra/http/page.request';

/** `parsePostPage` judges it. */
export class PostPageRequest extends PagedQuery {
  @field(
    (value) => value,
    { required: false, description: 'A place in the list, from `next` or `previous`: opaque.' },
    { type: String },
  )
  cursor?: unknown;
}
