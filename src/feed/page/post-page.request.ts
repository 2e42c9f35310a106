import { field } from '../../infra/http/fields';
import { ShortPagedQuery } from '../../infra/http/page.request';

/** `parsePostPage` judges it. */
export class PostPageRequest extends ShortPagedQuery {
  @field(
    (value) => value,
    { required: false, description: 'A place in the list, from `next` or `previous`: opaque.' },
    { type: String },
  )
  cursor?: unknown;
}
