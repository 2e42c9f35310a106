import { Injectable } from '@nestjs/common';
import { Database, statement } from '../../infra/database/database';
import { isTalk, type MailMode, type NotificationKind } from '../kind/notification-kind.rules';
import type { ReaderSettings } from './delivery.rules';

export interface Reader extends ReaderSettings {
  readonly id: number;
  readonly digestDueAt: Date | null;
  readonly digestDay: string | null;
}

interface AccountRow {
  readonly id: number;
  readonly timeZone: string;
  /** Booleans are 0 or 1 on MySQL. */
  readonly verified: boolean | number;
}

interface BoxRow {
  readonly id: number;
  readonly quietFrom: number | null;
  readonly quietUntil: number | null;
  readonly digestDueAt: Date | null;
  readonly digestDay: string | null;
  readonly bell: boolean | number | null;
  readonly mail: MailMode | null;
}

const NOT_BANNED = `not exists (select 1 from comment_ban cb
  where cb.account_id = $3::bigint and (cb.creator_id = a.id or cb.creator_id = 0))`;

// The accounts stay until the transaction ends: closing one waits, and finds what was written for it, or of what it did.
const ACCOUNTS = statement(
  'notification-reader.accounts',
  `select a.id, a.time_zone as "timeZone", a.email_verified_at is not null as verified from account a
    where a.id = any($1::bigint[]) and (a.id = $2 or (a.is_active and ${NOT_BANNED})) order by a.id for key share of a`,
  `select a.id, a.time_zone as timeZone, a.email_verified_at is not null as verified from account a
    where a.id in ($1) and (a.id = $2 or (a.is_active and ${NOT_BANNED.replace('::bigint', '')}))
    order by a.id lock in share mode`,
);

const OPEN = statement(
  'notification-reader.open',
  `insert into notification_box (account_id) select a.id from account a
    where a.id = any($1::bigint[]) and a.is_active and a.id <> $2
      and not exists (select 1 from notification_box b where b.account_id = a.id)
    order by a.id on conflict (account_id) do nothing`,
  `insert ignore into notification_box (account_id) select a.id from account a
    where a.id in ($1) and a.is_active and a.id <> $2
      and not exists (select 1 from notification_box b where b.account_id = a.id) order by a.id`,
);

const BOXES = `select b.account_id as id, b.quiet_from as "quietFrom", b.quiet_until as "quietUntil",
    b.digest_due_at as "digestDueAt", b.digest_day as "digestDay", p.bell, p.mail
  from notification_box b left join notification_preference p on p.account_id = b.account_id and p.kind = $2`;

const HOLD = statement(
  'notification-reader.hold',
  `${BOXES} where b.account_id = any($1::bigint[]) order by b.account_id for update of b`,
  `${BOXES} where b.account_id in ($1) order by b.account_id for update`,
);

export interface Held {
  readonly readers: Reader[];
  /** Null where nobody did it, or somebody whose account is closed. */
  readonly actorId: number | null;
}

/** Who is told. Only inside a unit of work. */
@Injectable()
export class ReaderRepository {
  constructor(private readonly database: Database) {}

  /**
   * Those of `ids` that may be told what `actorId` did, with their boxes and the actor held, which makes one reader's
   * notifications come one after the other. Everybody takes them by their ids, so that two never wait for each other.
   */
  async hold(ids: readonly number[], kind: NotificationKind, actorId: number | null): Promise<Held> {
    const actor = actorId ?? 0;
    const others = ids.filter((id) => id !== actor);
    const [accounts, , boxes] = await Promise.all([
      this.database.rows<AccountRow>(ACCOUNTS, [[...others, actor], actor, isTalk(kind) ? actor : 0]),
      this.database.execute(OPEN, [others, actor]),
      this.database.rows<BoxRow>(HOLD, [others, kind]),
    ]);
    const boxOf = new Map(boxes.map((box) => [box.id, box]));
    const readers = accounts.flatMap((account) => {
      const box = boxOf.get(account.id);
      return box === undefined ? [] : [readerOf(account, box)];
    });
    return { readers, actorId: accounts.some(({ id }) => id === actor) ? actorId : null };
  }
}

function readerOf({ id, timeZone, verified }: AccountRow, { bell, mail, ...box }: BoxRow): Reader {
  const wish = bell === null || mail === null ? null : { bell: Boolean(bell), mail };
  return { ...box, id, timeZone, verified: Boolean(verified), wish };
}
