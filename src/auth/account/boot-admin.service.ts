import { Injectable } from '@nestjs/common';
import { Settings } from '../../infra/config/settings';
import { randomToken } from '../../infra/crypto/digest';
import { AccountRepository } from './account.repository';
import { AccountService } from './account.service';
import { PasswordHasher } from '../password/password-hasher';

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

const GENERATED = { username: 'admin', email: 'admin@localhost' };

/** The first administrator. Safe to run in several workers at once: usernames and e-mails are unique. */
@Injectable()
export class BootAdminService {
  constructor(
    private readonly settings: Settings,
    private readonly accounts: AccountService,
    private readonly repository: AccountRepository,
    private readonly passwords: PasswordHasher,
  ) {}

  /**
   * Ensures the administrator of the settings, if they name one; else, outside production with no account at all, makes
   * one and gives its credentials, this once.
   */
  async ensure(): Promise<Credentials | undefined> {
    const { admin, isProduction } = this.settings;
    if (admin) {
      await this.ensureConfigured(admin);
      return undefined;
    }
    if (isProduction || !(await this.repository.isEmpty())) return undefined;
    return this.generate();
  }

  private async generate(): Promise<Credentials | undefined> {
    const password = randomToken(12);
    const made = await this.accounts.register({ ...GENERATED, password, emailVerified: true, roles: ['admin'] });
    return made.account && { username: GENERATED.username, password };
  }

  private async ensureConfigured(admin: Credentials & { readonly email: string }): Promise<void> {
    const made = await this.accounts.register({ ...admin, emailVerified: true, roles: ['admin'] });
    if (made.account) return;
    const [byUsername, byEmail] = [
      await this.repository.byUsername(admin.username),
      await this.repository.byEmail(admin.email),
    ];
    if (!byUsername || byUsername.id !== byEmail?.id) {
      throw new Error('ADMIN_USERNAME and ADMIN_EMAIL belong to different accounts, or one of them to somebody else');
    }
    const { id, roles, isActive, passwordHash } = byUsername;
    const { matches } = await this.passwords.verify(admin.password, passwordHash);
    if (!matches) await this.accounts.setPassword(id, admin.password);
    if (!isActive) await this.accounts.enable(id);
    if (!roles.includes('admin')) await this.accounts.setRoles(id, [...roles, 'admin']);
    await this.accounts.markEmailVerified(id);
  }
}
