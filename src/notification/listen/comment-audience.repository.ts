import { Injectable } from '@nestjs/common';
import { isOpen, isVisible } from '../../content/access/post-access.service';
import { Database, statement } from '../../infra/database/database';

// Whose post it is, and the author of the comment that is answered, where they may read it and it is seen.
const READERS = statement(
  'comment-audience.readers',
  `select r.id from post_comment c join post p on p.id = c.post_id
      left join post_comment head on head.id = c.parent_id and head.state = 'visible'
      join account r on r.id = p.creator_id or r.id = head.author_id
    where c.id = $1 and c.state = 'visible' and ${isVisible('p', 'r.id')} and ${isOpen('p', 'r.id')}`,
);

const ANSWERED = statement(
  'comment-audience.answered',
  `select head.author_id as id from post_comment c join post_comment head on head.id = c.parent_id where c.id = $1`,
);

@Injectable()
export class CommentAudienceRepository {
  constructor(private readonly database: Database) {}

  /** Who may be told of a comment: none where it is not seen any more. */
  async readers(commentId: number, now: Date): Promise<number[]> {
    const rows = await this.database.rows<{ id: number }>(READERS, [commentId, now, false]);
    return rows.map(({ id }) => id);
  }

  /** The author of the comment that this one answers. */
  async answered(commentId: number): Promise<number | undefined> {
    return (await this.database.first<{ id: number }>(ANSWERED, [commentId]))?.id;
  }
}
