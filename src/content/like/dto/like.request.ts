import { BooleanField, IntegerField } from '../../../infra/http/fields';
import { PagedQuery } from '../../../infra/http/page.request';

export class LikeRequest {
  @IntegerField({ description: 'The post.', example: 12 })
  content: number;
}

export class LikeChangeRequest {
  @BooleanField({ required: false, description: 'False takes it back.', example: false })
  liked?: boolean;
}

export class LikeQuery extends PagedQuery {
  @IntegerField({ required: false, description: 'A post; your own likes without it.', example: 12 })
  content?: number;
}
