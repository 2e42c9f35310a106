import { Injectable } from '@nestjs/common';
import { AccountClosed, type AccountClosedPayload } from '../../auth/events/account-closed.event';
import { OnFact } from '../../infra/outbox/on-fact';
import { GuestLeaving } from './guest-leaving.service';

/** Creators who leave. */
@Injectable()
export class GuestLeavingListener {
  constructor(private readonly leaving: GuestLeaving) {}

  @OnFact(AccountClosed.topic, 'guest.account-closed')
  async close({ account_id }: AccountClosedPayload): Promise<void> {
    await this.leaving.returnAllIn(account_id);
  }
}
