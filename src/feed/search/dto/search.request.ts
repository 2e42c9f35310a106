import { CharField } from '../../../infra/http/fields';
import { ShortPagedQuery } from '../../../infra/http/page.request';

export class SearchRequest extends ShortPagedQuery {
  @CharField({ max: 100, description: 'Words of a post, or (a part of) a creator’s name.', example: 'rhythm' })
  q: string;
}
