import { Injectable } from '@nestjs/common';
import type { Role } from '../../common/access';
import { Clock } from '../../common/clock';
import { emailKey, usernameKey } from '../../common/normalise';
import { Settings } from '../../infra/config/settings';
import { isUniqueViolation } from '../../infra/database/database-error';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import { OutboxService } from '../../infra/outbox/outbox.service';
import { AccountClosed } from '../events/account-closed.event';
import { AccountRegistered } from '../events/account-registered.event';
import { EmailVerified } from '../events/email-verified.event';
import { ProfileChanged } from '../events/profile-changed.event';
import { PasswordHasher } from '../password/password-hasher';
import type { SessionEnd } from '../session/auth-session.entity';
import { SessionService } from '../session/session.service';
import type { Account } from './account.entity';
import { AccountRepository, type TakenField } from './account.repository';
import { looksLikeEmail } from './account.rules';

export interface NewAccount {
  username: string;
  email: string;
  /** Plain. Null: no password works until a reset sets one. */
  password: string | null;
  firstName?: string;
  lastName?: string;
  birthDate?: string | null;
  emailVerified?: boolean;
  roles?: Role[];
}

/** `taken` names what somebody has already; each route has its own words for it. */
export type Registration = { account: Account; taken?: undefined } | { account?: undefined; taken: TakenField[] };

export interface AccountSummary {
  id: number;
  username: string;
  email: string;
  emailVerified: boolean;
}

export type ProfileChanges = Partial<
  Pick<
    Account,
    'username' | 'firstName' | 'lastName' | 'birthDate' | 'bio' | 'profilePic' | 'timeZone' | 'isCreator' | 'isPrivate'
  >
>;

/** The people of Guildhall. Other modules know an account by its id and ask here for more. */
@Injectable()
export class AccountService {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly sessions: SessionService,
    private readonly passwords: PasswordHasher,
    private readonly unitOfWork: UnitOfWork,
    private readonly outbox: OutboxService,
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  /** Never inside a unit of work: it hashes. Validating the password is the caller's part. */
  async register(person: NewAccount): Promise<Registration> {
    this.unitOfWork.refuseInside('register');
    const taken = await this.accounts.taken(person.username, person.email);
    if (taken.length > 0) return { taken };
    const passwordHash = person.password === null ? null : await this.passwords.hash(person.password);
    try {
      const { account, told } = await this.unitOfWork.run(() => this.add(person, passwordHash));
      await this.outbox.settled(told);
      return { account };
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      return { taken: await this.accounts.taken(person.username, person.email) };
    }
  }

  findById(id: number): Promise<Account | undefined> {
    return this.accounts.byId(id);
  }

  /** An e-mail address is looked for first, so that nobody takes it over by choosing it as a username. */
  async findByIdentifier(usernameOrEmail: string): Promise<Account | undefined> {
    const byEmail = looksLikeEmail(usernameOrEmail) ? await this.accounts.byEmail(usernameOrEmail) : undefined;
    return byEmail ?? this.accounts.byUsername(usernameOrEmail);
  }

  async findByEmail(email: string): Promise<AccountSummary | undefined> {
    const account = await this.accounts.byEmail(email);
    if (!account) return undefined;
    return {
      id: account.id,
      username: account.username,
      email: account.email,
      emailVerified: account.emailVerifiedAt !== null,
    };
  }

  async isActive(id: number): Promise<boolean> {
    return (await this.accounts.byId(id))?.isActive ?? false;
  }

  /** Tells `email-verified` the first time only, and gives the ids of its deliveries. */
  markEmailVerified(id: number): Promise<readonly number[]> {
    return this.unitOfWork.run(async () => {
      if (!(await this.accounts.verifyEmail(id, this.clock.now()))) return [];
      const account = await this.accounts.byId(id);
      return account ? this.outbox.publish(new EmailVerified({ account_id: id, email: account.email })) : [];
    });
  }

  /** Ends every session but `keepSessionId` (C6). Never inside a unit of work: it hashes. */
  async setPassword(id: number, plain: string, keepSessionId?: number): Promise<void> {
    this.unitOfWork.refuseInside('setPassword');
    await this.replacePassword(id, await this.passwords.hash(plain), keepSessionId);
  }

  /** As setPassword, of a password hashed before; joins a running unit of work. */
  replacePassword(id: number, passwordHash: string, keepSessionId?: number): Promise<void> {
    return this.change(id, { passwordHash }, 'password-changed', keepSessionId);
  }

  /** Until a reset sets one no password works; ends every session. Joins a running unit of work. */
  dropPassword(id: number): Promise<void> {
    return this.change(id, { passwordHash: null }, 'password-changed');
  }

  /** The same password under better parameters: no session ends. */
  upgradeHash(id: number, from: string, to: string): Promise<void> {
    return this.accounts.replaceHash(id, from, to);
  }

  /** Gives what is taken, or nothing when the change is made. Not inside a unit of work, which a taken name would end. */
  async updateProfile(id: number, changes: ProfileChanges): Promise<TakenField[]> {
    const name = changes.username === undefined ? {} : nameOf(changes.username);
    try {
      await this.unitOfWork.run(async () => {
        await this.accounts.change(id, { ...changes, ...name, updatedAt: this.clock.now() });
        await this.outbox.publish(new ProfileChanged({ account_id: id }));
      });
      return [];
    } catch (error) {
      if (!isUniqueViolation(error, 'uq_account_username_key')) throw error;
      return ['username'];
    }
  }

  /** Roles stand in access tokens, so a change ends the sessions that carry the old ones. */
  setRoles(id: number, roles: Role[]): Promise<void> {
    return this.change(id, { roles }, 'roles-changed');
  }

  disable(id: number): Promise<void> {
    return this.change(id, { isActive: false }, 'account-disabled');
  }

  async enable(id: number): Promise<void> {
    await this.accounts.change(id, { isActive: true, updatedAt: this.clock.now() });
  }

  /** The account and all that is its alone, at once; the other modules hear of it. */
  async close(id: number): Promise<void> {
    await this.unitOfWork.run(async () => {
      const account = await this.accounts.lock(id);
      if (!account) return;
      await this.sessions.endAll(id, 'account-closed');
      await this.accounts.remove(id);
      await this.outbox.publish(new AccountClosed({ account_id: id, email: account.email }));
    });
  }

  private async change(id: number, changes: Partial<Account>, why: SessionEnd, keepSessionId?: number): Promise<void> {
    await this.unitOfWork.run(async () => {
      // The row lock of the update holds back sign-ins, so that none slips in between with what was valid before.
      await this.accounts.change(id, { ...changes, updatedAt: this.clock.now() });
      await this.sessions.endAll(id, why, keepSessionId);
    });
  }

  private async add(person: NewAccount, passwordHash: string | null) {
    const now = this.clock.now();
    // With verification switched off there will be no other proof, so registering counts as one (R11).
    const verified = person.emailVerified === true || this.settings.emailVerification === 'none';
    const account = await this.accounts.add({
      ...nameOf(person.username),
      email: person.email.trim(),
      emailKey: emailKey(person.email),
      passwordHash,
      firstName: person.firstName ?? '',
      lastName: person.lastName ?? '',
      birthDate: person.birthDate ?? null,
      bio: '',
      profilePic: '',
      timeZone: 'UTC',
      isCreator: false,
      isPrivate: false,
      roles: person.roles ?? [],
      isActive: true,
      emailVerifiedAt: verified ? now : null,
      lastLoginAt: null,
      createdAt: now,
      updatedAt: now,
    });
    const { id, username, email } = account;
    await this.outbox.publish(new AccountRegistered({ account_id: id, username, email }));
    const proof = new EmailVerified({ account_id: id, email });
    return { account, told: verified ? await this.outbox.publish(proof) : [] };
  }
}

function nameOf(username: string): Pick<Account, 'username' | 'usernameKey'> {
  return { username: username.normalize('NFKC').trim(), usernameKey: usernameKey(username) };
}
