import { BooleanField, IntegerField } from '../../../infra/http/fields';

export class FollowRequest {
  @IntegerField({ description: "The creator's account.", example: 7 })
  creator: number;

  @BooleanField({ description: 'False ends it.', example: true })
  following: boolean;
}
