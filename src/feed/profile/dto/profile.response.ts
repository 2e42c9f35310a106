import { ApiProperty } from '@nestjs/swagger';
import type { Page } from '../../../common/page';
import { PersonView, type PostView, PriceView } from '../../../content/post/post-view.service';
import { PostPage } from '../../page/post-page.response';

export class ProfileTier {
  @ApiProperty({ type: 'integer', example: 3 })
  id: number;

  @ApiProperty({ example: 'Gold' })
  name: string;

  @ApiProperty({ example: 'Everything, a day early.' })
  description: string;

  @ApiProperty({ type: PriceView, isArray: true })
  prices: PriceView[];

  @ApiProperty({ description: 'Free.', example: false })
  is_public: boolean;
}

/** What a private account that is no creator's shows to others. */
export class PrivateProfileResponse extends PersonView {}

export class UserProfileResponse extends PrivateProfileResponse {
  @ApiProperty({ example: 'Asha' })
  first_name: string;

  @ApiProperty({ example: 'Rao' })
  last_name: string;

  @ApiProperty({ example: 'Rhythm, mostly.' })
  bio: string;

  @ApiProperty({ example: true })
  is_creator: boolean;

  @ApiProperty({ type: 'integer', example: 120 })
  follower_count: number;

  @ApiProperty({ type: 'integer', description: 'Of those that you may know of.', example: 41 })
  post_count: number;

  @ApiProperty({ description: 'Whether you follow.', example: false })
  following: boolean;

  @ApiProperty({ type: ProfileTier, isArray: true, description: 'The cheapest first.' })
  tiers: ProfileTier[];

  @ApiProperty({ type: PostPage })
  posts: Page<PostView>;
}
