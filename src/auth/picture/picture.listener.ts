import { Injectable } from '@nestjs/common';
import { OnFact } from '../../infra/outbox/on-fact';
import { AccountClosed, type AccountClosedPayload } from '../events/account-closed.event';
import { PictureService } from './picture.service';

@Injectable()
export class PictureListener {
  constructor(private readonly pictures: PictureService) {}

  @OnFact(AccountClosed.topic, 'auth.picture-account-closed')
  close({ account_id }: AccountClosedPayload): Promise<void> {
    return this.pictures.forget(account_id);
  }
}
