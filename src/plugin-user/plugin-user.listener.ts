import { Injectable } from '@nestjs/common';
import { AccountClosed, type AccountClosedPayload } from '../auth/events/account-closed.event';
import { OnFact } from '../infra/outbox/on-fact';
import { PluginUserService } from './plugin-user.service';

@Injectable()
export class PluginUserListener {
  constructor(private readonly users: PluginUserService) {}

  @OnFact(AccountClosed.topic, 'plugin-user.account-closed')
  forget({ account_id }: AccountClosedPayload): Promise<void> {
    return this.users.forgetAccount(account_id);
  }
}
