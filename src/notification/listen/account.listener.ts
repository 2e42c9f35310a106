import { Injectable } from '@nestjs/common';
import { AccountClosed, type AccountClosedPayload } from '../../auth/events/account-closed.event';
import { ProfileChanged, type ProfileChangedPayload } from '../../auth/events/profile-changed.event';
import { OnFact } from '../../infra/outbox/on-fact';
import { DigestPlanner } from '../mail/digest-planner';
import { NotificationAccountRepository } from './account.repository';

const BATCH = 500;

@Injectable()
export class AccountListener {
  constructor(
    private readonly accounts: NotificationAccountRepository,
    private readonly digests: DigestPlanner,
  ) {}

  /** In batches. Repeatable. */
  @OnFact(AccountClosed.topic, 'notification.account-closed')
  async closed({ account_id }: AccountClosedPayload): Promise<void> {
    await this.accounts.removeBox(account_id);
    while ((await this.accounts.removeSome(account_id, BATCH)) === BATCH);
    while ((await this.accounts.forgetSome(account_id, BATCH)) === BATCH);
  }

  /** The time zone may be another now. */
  @OnFact(ProfileChanged.topic, 'notification.profile-changed')
  changed({ account_id }: ProfileChangedPayload): Promise<void> {
    return this.digests.plan(account_id);
  }
}
