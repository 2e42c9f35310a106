import { Injectable } from '@nestjs/common';
import { AccountClosed, type AccountClosedPayload } from '../../auth/events/account-closed.event';
import { OnFact } from '../../infra/outbox/on-fact';
import { PostClosingService } from './post-closing.service';

@Injectable()
export class PostListener {
  constructor(private readonly closing: PostClosingService) {}

  @OnFact(AccountClosed.topic, 'content.posts-of-closed-account')
  close({ account_id }: AccountClosedPayload): Promise<void> {
    return this.closing.close(account_id);
  }
}
