import { CharField, IntegerField } from '../../../infra/http/fields';
import { PagedQuery } from '../../../infra/http/page.request';

export const MAX_COMMENT = 5000;

export class CommentRequest {
  @IntegerField({ description: 'The post.', example: 12 })
  content: number;

  @CharField({ max: MAX_COMMENT, example: 'The second take is the better one.' })
  body: string;

  @IntegerField({ required: false, nullable: true, description: 'The comment it answers.', example: null })
  parent?: number | null;
}

export class CommentChangeRequest {
  @CharField({ required: false, max: MAX_COMMENT, example: 'The third take is the better one.' })
  body?: string;
}

export class CommentQuery extends PagedQuery {
  @IntegerField({ description: 'A post.', example: 12 })
  content: number;
}
