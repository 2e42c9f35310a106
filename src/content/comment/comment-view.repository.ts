import { Injectable } from '@nestjs/common';
import { offsetOf, type PageRequest } from '../../common/page';
import { Database, statement } from '../../infra/database/database';
import { isOpen, isVisible, type Viewer, viewing } from '../access/post-access.service';
import type { CommentState } from './comment.repository';

/** Who looks at comments. */
export interface CommentViewer {
  /** 0 for a stranger. */
  readonly accountId: number;
  /** Whether hidden comments of others are shown. */
  readonly seesHidden: boolean;
}

export interface CommentRow {
  readonly id: number;
  readonly post_id: number;
  /** Whose post it is. */
  readonly creator_id: number;
  /** 0 where it is deleted. */
  readonly author_id: number;
  readonly username: string | null;
  readonly profile_pic: string | null;
  readonly parent_id: number | null;
  readonly body: string;
  readonly state: CommentState;
  readonly created_at: Date;
  readonly updated_at: Date;
  /** Visible ones. */
  readonly reply_count: number;
  /** Of hidden ones only. */
  readonly hidden_reason: string | null;
}

/** Who sees a hidden comment besides: its author, the post's, and whoever `all` says. */
const hiddenTo = (all: string): string => `c.author_id = $1 or c.creator_id = $1 or ${all}`;

// What is left of a closed account is not shown, until it is removed.
const SHOWN = `(c.state = 'deleted' or (a.id is not null and (c.state = 'visible' or ${hiddenTo('$2')})))`;

const COLUMNS = `c.id, c.post_id, c.creator_id, c.author_id, a.username, a.profile_pic, c.parent_id, c.body, c.state,
    c.created_at, c.updated_at,
    (select count(*) from post_comment r where r.parent_id = c.id and r.state = 'visible') as reply_count,
    case when c.state = 'hidden' then (select m.reason from moderation_action m
      where m.subject_kind = 'comment' and m.subject_id = c.id and m.action = 'hide'
      order by m.id desc limit 1) end as hidden_reason`;

const AUTHORED = 'post_comment c left join account a on a.id = c.author_id';

const ONE = statement('comment.one', `select ${COLUMNS} from ${AUTHORED} where c.id = $3 and ${SHOWN}`);

// An equality would let PostgreSQL walk the primary key in the hope of a hit nearby; this order only the right index has.
// The page is found first, so that the replies of its comments alone are counted.
const OF_POST = statement(
  'comment.of-post',
  `select ${COLUMNS} from (select c.id from ${AUTHORED} where c.post_id between $3 and $3 and ${SHOWN}
      order by c.post_id, c.id limit $4 offset $5) i
    join post_comment c on c.id = i.id left join account a on a.id = c.author_id order by c.id`,
);

// Visible ones stand in the post's counter, the few others are counted. What is left of a closed account is not there.
const GATE = statement(
  'comment.gate',
  `select ${isOpen('p')} as open, p.comment_count + (select count(*) from post_comment c
      where c.post_id = p.id and (c.state = 'deleted' or c.state = 'hidden' and (${hiddenTo('$5')}))) as count
     from post p join account a on a.id = p.creator_id where p.id = $4 and ${isVisible('p')}`,
);

/** The post of comments: whether the viewer may read them, and how many there are for this viewer. */
export interface CommentGate {
  readonly open: boolean;
  readonly count: number;
}

/** Comments as one viewer may see them. Whether the post is open to the viewer is asked before. */
@Injectable()
export class CommentViewRepository {
  constructor(private readonly database: Database) {}

  one(id: number, { accountId, seesHidden }: CommentViewer): Promise<CommentRow | undefined> {
    return this.database.first<CommentRow>(ONE, [accountId, seesHidden, id]);
  }

  /** Undefined where the viewer may not even know of the post. */
  async gate(postId: number, viewer: Viewer, seesHidden: boolean, now: Date): Promise<CommentGate | undefined> {
    const gate = await this.database.first<CommentGate>(GATE, [...viewing(viewer, now), postId, seesHidden]);
    // Booleans are 0 or 1 on MySQL.
    return gate && { ...gate, open: Boolean(gate.open) };
  }

  /** Oldest first. */
  ofPost(postId: number, { accountId, seesHidden }: CommentViewer, page: PageRequest): Promise<CommentRow[]> {
    return this.database.rows<CommentRow>(OF_POST, [accountId, seesHidden, postId, page.size, offsetOf(page)]);
  }
}
