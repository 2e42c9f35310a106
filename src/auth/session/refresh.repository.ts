import { Injectable } from '@nestjs/common';
import { Database, statement } from '../../infra/database/database';
import { ROTATIONS_LENGTH } from './refresh-chain.rules';

const CHANGE = `token_hash = $3, rotations = left(concat($4::text, rotations), ${ROTATIONS_LENGTH}),
          last_used_at = $5, expires_at = $6`;

// One statement in the usual case. What ends a session and what closes or disables an account end here at the latest.
const ROTATE = statement(
  'auth-session.rotate',
  `update auth_session s
      set ${CHANGE}
     from account a
    where s.id = $1 and s.token_hash = $2 and s.account_id = $7 and s.ended_at is null and s.expires_at > $5
      and a.id = s.account_id and a.is_active
   returning a.roles`,
  // MySQL can't give back from an update; a join here would only lock the account too.
  `update auth_session
      set ${CHANGE.replace('::text', '')}
    where id = $1 and token_hash = $2 and account_id = $7 and ended_at is null and expires_at > $5`,
);

const ROLES = statement('auth-session.roles', 'select roles from account where id = $1 and is_active');

const FIND = statement(
  'auth-session.find-for-refresh',
  `select s.account_id, s.token_hash, s.rotations, s.expires_at, s.ended_at, s.ip, s.user_agent,
          a.is_active, a.roles, a.email
     from auth_session s left join account a on a.id = s.account_id
    where s.id = $1`,
);

export interface Rotation {
  readonly sessionId: number;
  readonly accountId: number;
  readonly fromHash: string;
  readonly toHash: string;
  readonly entry: string;
  readonly now: Date;
  readonly expiresAt: Date;
}

export interface RefreshRow {
  account_id: number;
  token_hash: string | null;
  rotations: string;
  expires_at: Date;
  ended_at: Date | null;
  ip: string;
  user_agent: string;
  is_active: boolean | number | null;
  roles: string | null;
  email: string | null;
}

@Injectable()
export class RefreshRepository {
  constructor(private readonly database: Database) {}

  /** Replaces the current token if it is `fromHash` and all is well; gives the account's roles, or undefined. */
  async rotate(rotation: Rotation): Promise<string | undefined> {
    const { sessionId, accountId, fromHash, toHash, entry, now, expiresAt } = rotation;
    const values = [sessionId, fromHash, toHash, entry, now, expiresAt, accountId];
    if (this.database.dialect === 'postgres') {
      return (await this.database.first<{ roles: string }>(ROTATE, values))?.roles;
    }
    const { affected } = await this.database.execute(ROTATE, values);
    if (affected === 0) return undefined;
    return (await this.database.first<{ roles: string }>(ROLES, [accountId]))?.roles;
  }

  find(sessionId: number): Promise<RefreshRow | undefined> {
    return this.database.first<RefreshRow>(FIND, [sessionId]);
  }
}
