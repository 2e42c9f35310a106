import { Injectable } from '@nestjs/common';
import { AccountClosed, type AccountClosedPayload } from '../../auth/events/account-closed.event';
import { OnFact } from '../../infra/outbox/on-fact';
import { FollowService } from './follow.service';

@Injectable()
export class FollowListener {
  constructor(private readonly follows: FollowService) {}

  @OnFact(AccountClosed.topic, 'content.follow.account-closed')
  forget({ account_id }: AccountClosedPayload): Promise<void> {
    return this.follows.forgetAccount(account_id);
  }
}
