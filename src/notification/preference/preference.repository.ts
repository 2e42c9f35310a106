import { Injectable } from '@nestjs/common';
import { Database, statement } from '../../infra/database/database';
import { asKind, type Channels, type MailMode, type NotificationKind } from '../kind/notification-kind.rules';
import type { QuietHours } from './dto/preference.request';
import type { Wishes } from './preference.rules';

interface OwnerRow {
  readonly timeZone: string;
  readonly quietFrom: number | null;
  readonly quietUntil: number | null;
}

export interface PreferenceOwner {
  readonly timeZone: string;
  readonly quietHours: QuietHours | null;
}

const OWNER = statement(
  'preference.owner',
  `select a.time_zone as "timeZone", b.quiet_from as "quietFrom", b.quiet_until as "quietUntil"
     from account a left join notification_box b on b.account_id = a.id where a.id = $1`,
);

const WISHES = statement(
  'preference.wishes',
  'select kind, bell, mail from notification_preference where account_id = $1',
);

// The account stays until the transaction ends, as in ReaderRepository.
const HOLD_ACCOUNT = statement(
  'preference.hold-account',
  'select id from account where id = $1 for key share',
  'select id from account where id = $1 lock in share mode',
);

const OPEN = statement(
  'preference.open',
  'insert into notification_box (account_id) values ($1) on conflict (account_id) do nothing',
  'insert ignore into notification_box (account_id) values ($1)',
);

const HOLD = statement('preference.hold', 'select account_id from notification_box where account_id = $1 for update');

const SET = statement(
  'preference.set',
  `insert into notification_preference (account_id, kind, bell, mail) values ($1, $2, $3, $4)
   on conflict (account_id, kind) do update set bell = excluded.bell, mail = excluded.mail`,
  `insert into notification_preference (account_id, kind, bell, mail) values ($1, $2, $3, $4)
   on duplicate key update bell = values(bell), mail = values(mail)`,
);

const SET_QUIET = statement(
  'preference.set-quiet',
  'update notification_box set quiet_from = $2, quiet_until = $3 where account_id = $1',
);

/** What readers want otherwise than everybody does. */
@Injectable()
export class PreferenceRepository {
  constructor(private readonly database: Database) {}

  /** Undefined where there is no such account any more. */
  async owner(accountId: number): Promise<PreferenceOwner | undefined> {
    const row = await this.database.first<OwnerRow>(OWNER, [accountId]);
    if (row === undefined) return undefined;
    const { timeZone, quietFrom: from, quietUntil: until } = row;
    return { timeZone, quietHours: from === null || until === null ? null : { from, until } };
  }

  async wishes(accountId: number): Promise<Wishes> {
    const rows = await this.database.rows<{ kind: string; bell: boolean | number; mail: MailMode }>(WISHES, [
      accountId,
    ]);
    return new Map(
      rows.flatMap(({ kind, bell, mail }): [NotificationKind, Channels][] => {
        const known = asKind(kind);
        return known === undefined ? [] : [[known, { bell: Boolean(bell), mail }]];
      }),
    );
  }

  /** Holds the reader's box until the unit of work ends. False where there is no account any more. */
  async hold(accountId: number): Promise<boolean> {
    if ((await this.database.first(HOLD_ACCOUNT, [accountId])) === undefined) return false;
    await this.database.execute(OPEN, [accountId]);
    await this.database.first(HOLD, [accountId]);
    return true;
  }

  async set(accountId: number, kind: NotificationKind, { bell, mail }: Channels): Promise<void> {
    await this.database.execute(SET, [accountId, kind, bell, mail]);
  }

  async setQuiet(accountId: number, quiet: QuietHours | null): Promise<void> {
    await this.database.execute(SET_QUIET, [accountId, quiet?.from ?? null, quiet?.until ?? null]);
  }
}
