import { CharField } from '../../../infra/http/fields';
import { PagedQuery } from '../../../infra/http/page.request';

export class SearchRequest extends PagedQuery {
  @CharField({ max: 100, description: 'Words of a post, or (a part of) a creator’s name.', example: 'rhythm' })
  q: string;
}
