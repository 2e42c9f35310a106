import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import type { Account } from '../account/account.entity';
import { AccountRepository } from '../account/account.repository';
import { looksLikeEmail } from '../account/account.rules';
import { AccountService } from '../account/account.service';
import { PasswordHasher } from '../password/password-hasher';
import { GuessLimiter } from './guess-limiter';
import { KnownAddressRepository } from './known-address.repository';

export interface Credentials {
  readonly identifier: string;
  /** What the identifier is; left out, it may be either. */
  readonly kind?: 'username' | 'email';
  readonly password: string;
  /** The client's address, in full. */
  readonly address: string;
}

/** `disabled` is told only to whoever knows the password. */
export type SignIn =
  | { readonly outcome: 'recognised'; readonly account: Account }
  | { readonly outcome: 'disabled'; readonly account?: undefined }
  | { readonly outcome: 'refused'; readonly account?: undefined };

/** Who gives the right password. The session is the caller's part, and so is asking whether the mailbox is proven. */
@Injectable()
export class SignInService {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly accountService: AccountService,
    private readonly passwords: PasswordHasher,
    private readonly guesses: GuessLimiter,
    private readonly addresses: KnownAddressRepository,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** @throws DomainError `rate-limited` after too many wrong guesses, `unavailable` under too many at once */
  async signIn(credentials: Credentials): Promise<SignIn> {
    this.passwords.refuseIfFull();
    const candidates = await this.candidates(credentials);
    const account = await this.guesses.attempt(
      credentials,
      () => this.isKnownAddress(candidates, credentials.address),
      () => this.owner(candidates, credentials.password),
    );
    if (!account) return { outcome: 'refused' };
    return account.isActive ? { outcome: 'recognised', account } : { outcome: 'disabled' };
  }

  /**
   * Opens a session, or does whatever else the password was asked for, unless the password was changed since it was
   * recognised: what a change ends must not come back through a sign-in that was under way.
   */
  async whileCurrent<T>(account: Account, work: () => Promise<T>): Promise<T | undefined> {
    return this.unitOfWork.run(async () => {
      await this.accounts.lock(account.id);
      const now = await this.accounts.byId(account.id);
      return now?.passwordHash === account.passwordHash ? work() : undefined;
    });
  }

  /** Asks the owner of a session for the password again; guessing it is slowed down too. */
  async confirm(account: Account, password: string, address: string): Promise<boolean> {
    const owner = await this.guesses.attempt(
      { identifier: `account:${account.id}`, address },
      () => this.isKnownAddress([account], address),
      () => this.owner([account], password),
    );
    return owner !== undefined;
  }

  /**
   * Two where somebody's username is somebody else's e-mail address. The owner of the mailbox comes first, and the
   * password decides: so neither of them can keep the other out, let alone get in.
   */
  private async candidates({ identifier, kind }: Credentials): Promise<Account[]> {
    const mayBeEmail = kind === 'email' || looksLikeEmail(identifier);
    const byEmail = mayBeEmail ? await this.accounts.byEmail(identifier) : undefined;
    const byUsername = kind === 'email' ? undefined : await this.accounts.byUsername(identifier);
    const found = [byEmail, byUsername].filter((account) => account !== undefined);
    return found.filter((account, index) => found.findIndex(({ id }) => id === account.id) === index);
  }

  private async owner(candidates: readonly Account[], password: string): Promise<Account | undefined> {
    if (candidates.length === 0) await this.passwords.verifyNothing(password);
    for (const account of candidates) {
      const { matches, outdated } = await this.passwords.verify(password, account.passwordHash);
      if (!matches) continue;
      if (outdated) await this.upgrade(account, password);
      return account;
    }
    return undefined;
  }

  private async upgrade(account: Account, password: string): Promise<void> {
    const { id, passwordHash: old } = account;
    if (old === null) return;
    const passwordHash = await this.passwords.hash(password);
    await this.accountService.upgradeHash(id, old, passwordHash);
    Object.assign(account, { passwordHash });
  }

  /** The same query where there is no account. */
  private async isKnownAddress(candidates: readonly Account[], address: string): Promise<boolean> {
    const accountId = candidates[0]?.id ?? 0;
    return (await this.guesses.isTrusted(accountId, address)) || this.addresses.isKnown(accountId, address);
  }
}
