import { Injectable } from '@nestjs/common';
import { AccountClosed, type AccountClosedPayload } from '../../auth/events/account-closed.event';
import { OnFact } from '../../infra/outbox/on-fact';
import { ParkedRepository } from './parked.repository';

/** The money stays where it is; what the person told the gateway goes. */
@Injectable()
export class ParkedListener {
  constructor(private readonly parked: ParkedRepository) {}

  @OnFact(AccountClosed.topic, 'payment.parked.account-closed')
  async close({ email }: AccountClosedPayload): Promise<void> {
    await this.parked.forget(email);
  }
}
