import { Injectable } from '@nestjs/common';
import { AccountClosed, type AccountClosedPayload } from '../../auth/events/account-closed.event';
import { OnFact } from '../../infra/outbox/on-fact';
import { EndpointService } from '../endpoint/endpoint.service';
import { EventPersonService } from './event-person.service';

@Injectable()
export class EndpointAccountListener {
  constructor(
    private readonly endpoints: EndpointService,
    private readonly persons: EventPersonService,
  ) {}

  /** Its endpoints go, and what was sent to them; what others were sent names it no more. Repeatable. */
  @OnFact(AccountClosed.topic, 'webhook-endpoint.account-closed')
  async close({ account_id }: AccountClosedPayload): Promise<void> {
    await this.endpoints.removeAllOf(account_id);
    await this.persons.forget(account_id);
  }
}
