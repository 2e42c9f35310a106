import { ApiProperty } from '@nestjs/swagger';
import { PersonView } from '../../post/post-view.service';
import type { LikeRow } from '../like.repository';

export class LikeResponse {
  @ApiProperty({ type: 'integer', example: 31 })
  id: number;

  @ApiProperty({ type: 'integer', description: 'The post.', example: 12 })
  content: number;

  @ApiProperty({ type: PersonView })
  user: PersonView;

  @ApiProperty({ example: true })
  liked: boolean;

  @ApiProperty({ type: String, format: 'date-time' })
  created_at: string;

  static of(this: void, row: LikeRow): LikeResponse {
    return {
      id: row.id,
      content: row.post_id,
      user: { id: row.account_id, username: row.username, profile_pic: row.profile_pic },
      liked: Boolean(row.liked),
      created_at: row.created_at.toISOString(),
    };
  }
}
