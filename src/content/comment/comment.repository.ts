import { Injectable } from '@nestjs/common';
import { Database, statement } from '../../infra/database/database';

export type CommentState = 'visible' | 'hidden' | 'deleted';

export interface CommentHead {
  readonly id: number;
  readonly post_id: number;
  readonly creator_id: number;
  /** 0 where it is deleted. */
  readonly author_id: number;
  readonly parent_id: number | null;
  readonly state: CommentState;
}

export interface NewComment {
  readonly postId: number;
  readonly creatorId: number;
  readonly authorId: number;
  readonly parentId: number | null;
  readonly body: string;
}

/** Comments of one post. */
export interface CommentShare {
  readonly post_id: number;
  readonly count: number;
}

const HEAD = 'id, post_id, creator_id, author_id, parent_id, state';

// The account stays until the transaction ends: closing it, or banning it from commenting, waits.
const HOLD_AUTHOR = statement('comment.hold-author', 'select id from account where id = $1 for key share');

const ADD = statement(
  'comment.add',
  `insert into post_comment (post_id, creator_id, author_id, parent_id, body, state, created_at, updated_at)
   values ($1, $2, $3, $4, $5, 'visible', $6, $6) returning id`,
);

const HEAD_OF = statement('comment.head', `select ${HEAD} from post_comment where id = $1`);

const EDIT = statement(
  'comment.edit',
  `update post_comment set body = $3, updated_at = $4 where id = $1 and author_id = $2 and state = 'visible'`,
);

const MOVE = statement('comment.move', 'update post_comment set state = $3 where id = $1 and state = $2');

const HAS_REPLIES = statement('comment.has-replies', 'select id from post_comment where parent_id = $1 limit 1');

const EMPTY = statement(
  'comment.empty',
  `update post_comment set state = 'deleted', body = '', author_id = 0, updated_at = $2 where id = $1`,
);

const ERASE = statement('comment.erase', 'delete from post_comment where id = $1');

const OF_AUTHOR = statement(
  'comment.of-author',
  `select ${HEAD} from post_comment where author_id = $1 order by id desc limit $2`,
);

const VISIBLE_OF_AUTHOR = statement(
  'comment.visible-of-author',
  `select ${HEAD} from post_comment where author_id = $1 and creator_id = $2 and state = 'visible' order by id limit $3`,
);

// Of a comment that is hidden, in a query that names it `c`; $2 is who wants it hidden.
const HIDDEN_BY_CREATOR_ONLY = `c.state = 'hidden' and c.creator_id <> $2 and c.creator_id =
  (select m.actor_id from moderation_action m
    where m.subject_kind = 'comment' and m.subject_id = c.id and m.action = 'hide' order by m.id desc limit 1)`;

const NOT_HIDDEN_FOR_GOOD = statement(
  'comment.not-hidden-for-good',
  `select ${HEAD} from post_comment c
    where c.author_id = $1 and (c.state = 'visible' or (${HIDDEN_BY_CREATOR_ONLY})) order by c.id limit $3`,
);

const HIDDEN_BY_CREATOR = statement(
  'comment.hidden-by-creator',
  `select c.id from post_comment c where c.id = any($1::bigint[]) and ${HIDDEN_BY_CREATOR_ONLY} order by c.id`,
);

const VISIBLE_SHARES = statement(
  'comment.visible-shares',
  `select post_id, count(*) as count from post_comment where id = any($1::bigint[]) and state = 'visible'
    group by post_id order by post_id`,
);

const HIDE_THESE = statement(
  'comment.hide-these',
  `update post_comment set state = 'hidden' where id = any($1::bigint[]) and state = 'visible'`,
);

/** What changes comments; under the lock of the post's row, but for `edit`. */
@Injectable()
export class CommentRepository {
  constructor(private readonly database: Database) {}

  /** False where the account is gone. */
  async holdAuthor(accountId: number): Promise<boolean> {
    return (await this.database.first(HOLD_AUTHOR, [accountId])) !== undefined;
  }

  async add({ postId, creatorId, authorId, parentId, body }: NewComment, now: Date): Promise<number> {
    const { insertId = 0 } = await this.database.execute(ADD, [postId, creatorId, authorId, parentId, body, now]);
    return insertId;
  }

  head(id: number): Promise<CommentHead | undefined> {
    return this.database.first<CommentHead>(HEAD_OF, [id]);
  }

  /** False where it is hidden, or gone. */
  async edit(id: number, authorId: number, body: string, now: Date): Promise<boolean> {
    return (await this.database.execute(EDIT, [id, authorId, body, now])).affected > 0;
  }

  /** Whether it was in that state. */
  async move(id: number, from: CommentState, to: CommentState): Promise<boolean> {
    return (await this.database.execute(MOVE, [id, from, to])).affected > 0;
  }

  /** Its replies keep their place: it stays, empty and nobody's, as long as there are any. */
  async remove({ id, parent_id }: CommentHead, now: Date): Promise<void> {
    if (await this.hasReplies(id)) {
      await this.database.execute(EMPTY, [id, now]);
      return;
    }
    await this.database.execute(ERASE, [id]);
    await this.removeEmptied(parent_id);
  }

  /** Newest first, so that replies go before what they answer. */
  someOf(authorId: number, limit: number): Promise<CommentHead[]> {
    return this.database.rows<CommentHead>(OF_AUTHOR, [authorId, limit]);
  }

  /** On the posts of one creator. */
  visibleOf(authorId: number, creatorId: number, limit: number): Promise<CommentHead[]> {
    return this.database.rows<CommentHead>(VISIBLE_OF_AUTHOR, [authorId, creatorId, limit]);
  }

  /** Everywhere: what is visible, and what only the author of the post has hidden, who is not `actorId`. */
  notHiddenForGood(authorId: number, actorId: number, limit: number): Promise<CommentHead[]> {
    return this.database.rows<CommentHead>(NOT_HIDDEN_FOR_GOOD, [authorId, actorId, limit]);
  }

  /** Those that only the author of the post has hidden, who is not `actorId`. */
  async hiddenByCreator(ids: readonly number[], actorId: number): Promise<number[]> {
    const rows = await this.database.rows<{ id: number }>(HIDDEN_BY_CREATOR, [ids, actorId]);
    return rows.map(({ id }) => id);
  }

  /** How many of these are visible, by post. */
  visibleShares(ids: readonly number[]): Promise<CommentShare[]> {
    return this.database.rows<CommentShare>(VISIBLE_SHARES, [ids]);
  }

  async hideThese(ids: readonly number[]): Promise<void> {
    await this.database.execute(HIDE_THESE, [ids]);
  }

  private async hasReplies(id: number): Promise<boolean> {
    return (await this.database.first(HAS_REPLIES, [id])) !== undefined;
  }

  /** What had stayed for the sake of its replies goes with the last of them. */
  private async removeEmptied(id: number | null): Promise<void> {
    for (let next = id; next !== null;) {
      const comment = await this.head(next);
      if (comment?.state !== 'deleted' || (await this.hasReplies(next))) return;
      await this.database.execute(ERASE, [next]);
      next = comment.parent_id;
    }
  }
}
