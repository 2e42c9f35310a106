import { ApiProperty } from '@nestjs/swagger';
import { PersonView } from '../../post/post-view.service';
import type { CommentRow } from '../comment-view.repository';

export class CommentResponse {
  @ApiProperty({ type: 'integer', example: 45 })
  id: number;

  @ApiProperty({ type: 'integer', description: 'The post.', example: 12 })
  content: number;

  @ApiProperty({ type: PersonView, nullable: true, description: 'Null where it is deleted.' })
  author: PersonView | null;

  @ApiProperty({ type: 'integer', nullable: true, description: 'The comment it answers.', example: null })
  parent: number | null;

  @ApiProperty({ type: String, nullable: true, example: 'The second take is the better one.' })
  body: string | null;

  @ApiProperty({
    description: 'Its author, the author of the post and administrators see it all the same.',
    example: false,
  })
  hidden: boolean;

  @ApiProperty({ type: String, nullable: true, description: 'Why it is hidden.', example: null })
  hidden_reason: string | null;

  @ApiProperty({ description: 'It keeps the place of its replies.', example: false })
  deleted: boolean;

  @ApiProperty({ type: 'integer', example: 0 })
  reply_count: number;

  @ApiProperty({ type: String, format: 'date-time' })
  created_at: string;

  @ApiProperty({ type: String, format: 'date-time' })
  updated_at: string;

  static of(this: void, row: CommentRow): CommentResponse {
    const deleted = row.state === 'deleted';
    return {
      id: row.id,
      content: row.post_id,
      author: deleted ? null : { id: row.author_id, username: row.username ?? '', profile_pic: row.profile_pic ?? '' },
      parent: row.parent_id,
      body: deleted ? null : row.body,
      hidden: row.state === 'hidden',
      hidden_reason: row.hidden_reason,
      deleted,
      reply_count: row.reply_count,
      created_at: row.created_at.toISOString(),
      updated_at: row.updated_at.toISOString(),
    };
  }
}
