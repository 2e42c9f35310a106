import { Injectable } from '@nestjs/common';
import { AccountClosed, type AccountClosedPayload } from '../../auth/events/account-closed.event';
import { OnFact } from '../../infra/outbox/on-fact';
import { EndpointService } from '../endpoint/endpoint.service';

@Injectable()
export class EndpointAccountListener {
  constructor(private readonly endpoints: EndpointService) {}

  /** Its endpoints go, and what was sent to them. Repeatable. */
  @OnFact(AccountClosed.topic, 'webhook-endpoint.account-closed')
  close({ account_id }: AccountClosedPayload): Promise<void> {
    return this.endpoints.removeAllOf(account_id);
  }
}
