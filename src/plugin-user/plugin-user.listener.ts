import { Injectable } from '@nestjs/common';
import { AccountClosed, type AccountClosedPayload } from '../auth/events/account-closed.event';
import { OnFact } from '../infra/outbox/on-fact';
import { PluginUserService } from './plugin-user.service';
import { PluginService } from './plugin.service';

@Injectable()
export class PluginUserListener {
  constructor(
    private readonly users: PluginUserService,
    private readonly plugins: PluginService,
  ) {}

  @OnFact(AccountClosed.topic, 'plugin-user.account-closed')
  async forget({ account_id }: AccountClosedPayload): Promise<void> {
    await this.plugins.disown(account_id);
    await this.users.forgetAccount(account_id);
  }
}
