import { Injectable } from '@nestjs/common';
import { AccountClosed, type AccountClosedPayload } from '../../auth/events/account-closed.event';
import { OnFact } from '../../infra/outbox/on-fact';
import { MediaService } from './media.service';

@Injectable()
export class MediaListener {
  constructor(private readonly media: MediaService) {}

  @OnFact(AccountClosed.topic, 'content.media-account-closed')
  close({ account_id }: AccountClosedPayload): Promise<void> {
    return this.media.forget(account_id);
  }
}
