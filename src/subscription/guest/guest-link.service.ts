import { Injectable } from '@nestjs/common';
import { AccountService } from '../../auth/account/account.service';
import { type MailboxOwner, MailboxOwnerService } from '../../auth/verification/mailbox-owner.service';
import { Clock } from '../../common/clock';
import { forbidden, notFound } from '../../common/domain-error';
import { sha256Hex } from '../../infra/crypto/digest';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import { GuestCheckoutRepository } from './guest-checkout.repository';
import { GuestClaimRepository } from './guest-claim.repository';
import { GuestClaimService } from './guest-claim.service';
import { freshUsername } from './guest-name';
import { ownerDisabled } from './guest.errors';

/** What somebody has who came by a link. */
export interface Claimed {
  readonly username: string;
  /** Where a password is chosen; undefined where there is one. */
  readonly passwordUrl: string | undefined;
}

/** Coming for what waits: by a mailed link, or signed in with a proven mailbox. */
@Injectable()
export class GuestLinkService {
  constructor(
    private readonly claims: GuestClaimRepository,
    private readonly checkouts: GuestCheckoutRepository,
    private readonly service: GuestClaimService,
    private readonly owners: MailboxOwnerService,
    private readonly accounts: AccountService,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Whether a link would still work. Changes nothing: mail scanners follow links. */
  async isOpen(key: string): Promise<boolean> {
    return (await this.found(key)) !== undefined;
  }

  /**
   * By a link, once: 404 for one that was used, is too old or never was, or that nothing waits behind. 409 where the
   * mailbox's account is disabled.
   */
  async claim(key: string): Promise<Claimed> {
    const link = await this.found(key);
    if (link === undefined) throw notFound();
    const names = [link.username];
    const owner = await this.owners.ownerOf(link.email, () => names.pop() ?? freshUsername());
    if (!owner.isActive) throw ownerDisabled();
    // An account that closes at this moment has nothing: a new one is made for the mailbox.
    if (!(await this.take(link, owner))) return this.claim(key);
    return { username: owner.username, passwordUrl: await this.owners.passwordLink(owner.accountId) };
  }

  /** By the account of a proven mailbox; gives how many came. 403 where it is not proven. */
  async claimOwn(accountId: number): Promise<number> {
    const account = await this.accounts.findById(accountId);
    if (account === undefined || account.emailVerifiedAt === null)
      throw forbidden('Confirm your e-mail address first.');
    return (await this.service.claimAll(accountId, account.email)) ?? 0;
  }

  /** False where the account is gone, and the link is still good. */
  private async take({ id, email, emailKey }: Link, { accountId }: MailboxOwner): Promise<boolean> {
    return this.unitOfWork.run(async () => {
      if ((await this.service.claimAll(accountId, email)) === undefined) return false;
      if (!(await this.claims.remove(id))) throw notFound();
      await this.claims.removeAllOf(emailKey);
      return true;
    });
  }

  private async found(key: string): Promise<Link | undefined> {
    const claim = await this.claims.byKey(sha256Hex(key), this.clock.now());
    const [first] = claim === undefined ? [] : await this.checkouts.waiting(claim.emailKey, 1);
    if (claim === undefined || first === undefined || first.email === null) return undefined;
    return { ...claim, email: first.email, username: first.username };
  }
}

interface Link {
  readonly id: number;
  readonly emailKey: string;
  readonly email: string;
  readonly username: string;
}
