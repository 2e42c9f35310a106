import { Injectable } from '@nestjs/common';
import { AccountClosed, type AccountClosedPayload } from '../../auth/events/account-closed.event';
import { OnFact } from '../../infra/outbox/on-fact';
import { BulkRepository } from './bulk.repository';

@Injectable()
export class BulkListener {
  constructor(private readonly bulks: BulkRepository) {}

  /** Rows that name it in other letters go with their list, after thirty days. */
  @OnFact(AccountClosed.topic, 'bulk-enrolment.account-closed')
  forget({ email }: AccountClosedPayload): Promise<void> {
    return this.bulks.forget(email);
  }
}
