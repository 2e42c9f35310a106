import { Injectable } from '@nestjs/common';
import type { Role } from '../../common/access';
import { emailKey, usernameKey } from '../../common/normalise';
import { Database, statement } from '../../infra/database/database';
import { Account } from './account.entity';
import { parseRoles } from './roles';

export type TakenField = 'username' | 'email';

export interface ProfileRow {
  id: number;
  username: string;
  email: string;
  first_name: string;
  last_name: string;
  birth_date: string | null;
  bio: string;
  profile_pic: string;
  time_zone: string;
  is_creator: boolean | number;
  is_private: boolean | number;
  roles: string;
}

// A cast keeps the day a text: drivers would make an instant of it, in the server's time zone.
const PROFILE = statement(
  'account.profile',
  `select id, username, email, first_name, last_name, cast(birth_date as char(10)) as birth_date, bio, profile_pic,
          time_zone, is_creator, is_private, roles
     from account where id = $1`,
);

const TAKEN = statement(
  'account.taken',
  `select id, username_key, email_key from account where username_key = $1 or email_key = $2`,
);

const SIGNED_IN = statement('account.signed-in', 'update account set last_login_at = $2 where id = $1 and is_active');

const ROLES = statement('account.roles', 'select roles from account where id = $1');

const VERIFY_EMAIL = statement(
  'account.verify-email',
  'update account set email_verified_at = $2, updated_at = $2 where id = $1 and email_verified_at is null',
);

const REPLACE_HASH = statement(
  'account.replace-hash',
  'update account set password_hash = $3 where id = $1 and password_hash = $2',
);

const ANY = statement('account.any', 'select id from account limit 1');

const LOCK = statement('account.lock', 'select id, email from account where id = $1 for update');

const REMOVE = statement('account.remove', 'delete from account where id = $1');

@Injectable()
export class AccountRepository {
  constructor(private readonly database: Database) {}

  async byId(id: number): Promise<Account | undefined> {
    return (await this.database.manager.findOneBy(Account, { id })) ?? undefined;
  }

  async byUsername(username: string): Promise<Account | undefined> {
    return (await this.database.manager.findOneBy(Account, { usernameKey: usernameKey(username) })) ?? undefined;
  }

  async byEmail(email: string): Promise<Account | undefined> {
    return (await this.database.manager.findOneBy(Account, { emailKey: emailKey(email) })) ?? undefined;
  }

  profile(id: number): Promise<ProfileRow | undefined> {
    return this.database.first<ProfileRow>(PROFILE, [id]);
  }

  /** Which of the two somebody (other than `ownId`) has already. */
  async taken(username: string, email: string, ownId?: number): Promise<TakenField[]> {
    const keys = [usernameKey(username), emailKey(email)];
    const rows = await this.database.rows<{ id: number; username_key: string; email_key: string }>(TAKEN, keys);
    const others = rows.filter((row) => row.id !== ownId);
    const fields: TakenField[] = [];
    if (others.some((row) => row.username_key === keys[0])) fields.push('username');
    if (others.some((row) => row.email_key === keys[1])) fields.push('email');
    return fields;
  }

  async add(account: Omit<Account, 'id'>): Promise<Account> {
    const entity = this.database.manager.create(Account, account);
    await this.database.manager.insert(Account, entity);
    // TypeORM writes a bigint that the database counted into the entity as text.
    return Object.assign(entity, { id: Number(entity.id) });
  }

  async change(id: number, changes: Partial<Omit<Account, 'id'>>): Promise<void> {
    await this.database.manager.update(Account, { id }, changes);
  }

  /** Locks the row until the transaction ends, and gives the roles; undefined where there is no active account. */
  async signedIn(id: number, at: Date): Promise<Role[] | undefined> {
    if ((await this.database.execute(SIGNED_IN, [id, at])).affected === 0) return undefined;
    return parseRoles((await this.database.first<{ roles: string }>(ROLES, [id]))?.roles ?? '');
  }

  /** False where it was proven before. */
  async verifyEmail(id: number, at: Date): Promise<boolean> {
    return (await this.database.execute(VERIFY_EMAIL, [id, at])).affected === 1;
  }

  /** Changes nothing where the password was changed since `from` was read. */
  async replaceHash(id: number, from: string, to: string): Promise<void> {
    await this.database.execute(REPLACE_HASH, [id, from, to]);
  }

  async isEmpty(): Promise<boolean> {
    return (await this.database.first(ANY)) === undefined;
  }

  /** Waits for sign-ins under way, so that no session of theirs is overlooked. */
  lock(id: number): Promise<{ id: number; email: string } | undefined> {
    return this.database.first(LOCK, [id]);
  }

  async remove(id: number): Promise<void> {
    await this.database.execute(REMOVE, [id]);
  }
}
