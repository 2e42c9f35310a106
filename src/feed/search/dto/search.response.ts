import { ApiProperty } from '@nestjs/swagger';
import type { Page } from '../../../common/page';
import type { PostView } from '../../../content/post/post-view.service';
import { PostPage } from '../../page/post-page.response';

export class FoundCreator {
  @ApiProperty({ type: 'integer', example: 7 })
  id: number;

  @ApiProperty({ example: 'asha' })
  username: string;

  @ApiProperty({ example: 'Asha' })
  first_name: string;

  @ApiProperty({ example: 'Rao' })
  last_name: string;

  @ApiProperty({ description: 'A URL, or empty.', example: '' })
  profile_pic: string;

  @ApiProperty({ example: 'Rhythm, mostly.' })
  bio: string;

  @ApiProperty({ type: 'integer', example: 120 })
  follower_count: number;
}

export class SearchResponse {
  @ApiProperty({ type: FoundCreator, isArray: true, description: 'The nearest ten at most.' })
  creators: FoundCreator[];

  @ApiProperty({ type: PostPage })
  posts: Page<PostView>;
}
