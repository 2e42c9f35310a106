import { Injectable } from '@nestjs/common';
import { offsetOf, type PageRequest } from '../../common/page';
import { Database, statement } from '../../infra/database/database';

export const MODERATION_ACTIONS = ['hide', 'unhide', 'delete', 'ban', 'unban', 'report', 'resolve'] as const;
export type ModerationActionName = (typeof MODERATION_ACTIONS)[number];
export const MODERATION_SUBJECTS = ['comment', 'post', 'account', 'report'] as const;
export type ModerationSubject = (typeof MODERATION_SUBJECTS)[number];

export interface ModerationEntry {
  readonly actorId: number;
  readonly action: ModerationActionName;
  readonly subjectKind: ModerationSubject;
  readonly subjectId: number;
  /** On whose page; 0 = everywhere. */
  readonly creatorId: number;
  /** Against whom; 0 = nobody. */
  readonly accountId: number;
  readonly reason: string;
}

export interface ModerationRow {
  readonly id: number;
  readonly action: ModerationActionName;
  readonly subject_kind: ModerationSubject;
  readonly subject_id: number;
  readonly creator_id: number;
  readonly account_id: number;
  readonly reason: string;
  readonly created_at: Date;
  readonly actor_id: number;
  /** Null where the account is closed. */
  readonly actor_username: string | null;
  readonly actor_profile_pic: string | null;
}

export interface ModerationFilter {
  readonly creator?: number;
  readonly account?: number;
}

const COLUMNS = 'actor_id, action, subject_kind, subject_id, creator_id, account_id, reason, created_at';

const ADD = statement(
  'moderation-log.add',
  `insert into moderation_action (${COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
);

const ADD_HIDING = statement(
  'moderation-log.add-hiding',
  `insert into moderation_action (${COLUMNS})
   select $2::bigint, 'hide', 'comment', c.id, c.creator_id, c.author_id, $3::varchar, $4::timestamptz
     from post_comment c where c.id = any($1::bigint[]) and c.state = $5`,
);

const HIDDEN_BY = statement(
  'moderation-log.hidden-by',
  `select actor_id from moderation_action
    where subject_kind = 'comment' and subject_id = $1 and action = 'hide' order by id desc limit 1`,
);

const VIEW = `select m.id, m.action, m.subject_kind, m.subject_id, m.creator_id, m.account_id, m.reason, m.created_at,
    m.actor_id, a.username as actor_username, a.profile_pic as actor_profile_pic
  from moderation_action m left join account a on a.id = m.actor_id`;
const PAGED = (first: number): string => `order by m.id desc limit $${first} offset $${first + 1}`;

// Whom a report is about is not told that somebody has reported, nor by what became of it.
const OF_PAGE = `m.creator_id = $1 and m.action not in ('report', 'resolve')`;
const OWN = statement('moderation-log.own', `${VIEW} where ${OF_PAGE} ${PAGED(2)}`);
const OWN_COUNT = statement(
  'moderation-log.own-count',
  `select count(*) as count from moderation_action m where ${OF_PAGE}`,
);

const ALL = statement('moderation-log.all', `${VIEW} ${PAGED(1)}`);
const ALL_COUNT = statement('moderation-log.all-count', 'select count(*) as count from moderation_action m');
const OF_CREATOR = statement('moderation-log.of-creator', `${VIEW} where m.creator_id = $1 ${PAGED(2)}`);
const OF_CREATOR_COUNT = statement(
  'moderation-log.of-creator-count',
  'select count(*) as count from moderation_action m where m.creator_id = $1',
);
const OF_ACCOUNT = statement('moderation-log.of-account', `${VIEW} where m.account_id = $1 ${PAGED(2)}`);
const OF_ACCOUNT_COUNT = statement(
  'moderation-log.of-account-count',
  'select count(*) as count from moderation_action m where m.account_id = $1',
);
const OF_BOTH = statement(
  'moderation-log.of-both',
  `${VIEW} where m.creator_id = $1 and m.account_id = $2 ${PAGED(3)}`,
);
const OF_BOTH_COUNT = statement(
  'moderation-log.of-both-count',
  'select count(*) as count from moderation_action m where m.creator_id = $1 and m.account_id = $2',
);

/** Who moderated what, and why. Rows are only ever added, in the unit of work of the deed. */
@Injectable()
export class ModerationLogRepository {
  constructor(private readonly database: Database) {}

  async add(entry: ModerationEntry, now: Date): Promise<void> {
    const { actorId, action, subjectKind, subjectId, creatorId, accountId, reason } = entry;
    const values = [actorId, action, subjectKind, subjectId, creatorId, accountId, reason, now];
    await this.database.execute(ADD, values);
  }

  /** For those of the comments that are in this state. */
  async addHiding(
    commentIds: readonly number[],
    state: 'visible' | 'hidden',
    actorId: number,
    reason: string,
    now: Date,
  ): Promise<void> {
    await this.database.execute(ADD_HIDING, [commentIds, actorId, reason, now, state]);
  }

  /** The account that hid the comment last. */
  async hiddenBy(commentId: number): Promise<number | undefined> {
    return (await this.database.first<{ actor_id: number }>(HIDDEN_BY, [commentId]))?.actor_id;
  }

  /** What happened on a creator's page, newest first. */
  ofPage(creatorId: number, page: PageRequest): Promise<[ModerationRow[], number]> {
    return this.page(OWN, OWN_COUNT, [creatorId], page);
  }

  /** Newest first. */
  find({ creator, account }: ModerationFilter, page: PageRequest): Promise<[ModerationRow[], number]> {
    if (creator !== undefined && account !== undefined) {
      return this.page(OF_BOTH, OF_BOTH_COUNT, [creator, account], page);
    }
    if (creator !== undefined) return this.page(OF_CREATOR, OF_CREATOR_COUNT, [creator], page);
    if (account !== undefined) return this.page(OF_ACCOUNT, OF_ACCOUNT_COUNT, [account], page);
    return this.page(ALL, ALL_COUNT, [], page);
  }

  private async page(
    rows: typeof ALL,
    count: typeof ALL,
    values: readonly number[],
    page: PageRequest,
  ): Promise<[ModerationRow[], number]> {
    const [entries, counted] = await Promise.all([
      this.database.rows<ModerationRow>(rows, [...values, page.size, offsetOf(page)]),
      this.database.first<{ count: number }>(count, values),
    ]);
    return [entries, counted?.count ?? 0];
  }
}
