import { Injectable } from '@nestjs/common';
import { AccountClosed, type AccountClosedPayload } from '../../auth/events/account-closed.event';
import { OnFact } from '../../infra/outbox/on-fact';
import { LikeService } from './like.service';

@Injectable()
export class LikeListener {
  constructor(private readonly likes: LikeService) {}

  @OnFact(AccountClosed.topic, 'content.like.account-closed')
  forget({ account_id }: AccountClosedPayload): Promise<void> {
    return this.likes.forgetAccount(account_id);
  }
}
