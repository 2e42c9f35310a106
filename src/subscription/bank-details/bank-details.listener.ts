import { Injectable } from '@nestjs/common';
import { AccountClosed, type AccountClosedPayload } from '../../auth/events/account-closed.event';
import { OnFact } from '../../infra/outbox/on-fact';
import { BankDetailsService } from './bank-details.service';

@Injectable()
export class BankDetailsListener {
  constructor(private readonly bankDetails: BankDetailsService) {}

  @OnFact(AccountClosed.topic, 'subscription.bank-details-of-closed-account')
  close({ account_id }: AccountClosedPayload): Promise<void> {
    return this.bankDetails.removeOf(account_id);
  }
}
