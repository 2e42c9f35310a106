import { Injectable } from '@nestjs/common';
import { AccountClosed, type AccountClosedPayload } from '../../auth/events/account-closed.event';
import { ProfileChanged, type ProfileChangedPayload } from '../../auth/events/profile-changed.event';
import { OnFact } from '../../infra/outbox/on-fact';
import { CreatorNameService } from './creator-name.service';

@Injectable()
export class CreatorNameListener {
  constructor(private readonly names: CreatorNameService) {}

  @OnFact(ProfileChanged.topic, 'feed.creator-name')
  change({ account_id }: ProfileChangedPayload): Promise<void> {
    return this.names.refresh(account_id);
  }

  @OnFact(AccountClosed.topic, 'feed.creator-name-closed')
  close({ account_id }: AccountClosedPayload): Promise<void> {
    return this.names.refresh(account_id);
  }
}
