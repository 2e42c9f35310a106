import { Injectable } from '@nestjs/common';
import { AccountClosed, type AccountClosedPayload } from '../../auth/events/account-closed.event';
import { OnFact } from '../../infra/outbox/on-fact';
import { CommentRemovalService } from './comment-removal.service';

@Injectable()
export class CommentListener {
  constructor(private readonly comments: CommentRemovalService) {}

  @OnFact(AccountClosed.topic, 'content.comment.account-closed')
  forget({ account_id }: AccountClosedPayload): Promise<void> {
    return this.comments.forgetAccount(account_id);
  }
}
