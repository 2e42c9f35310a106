import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { type CallResult, EndpointCaller } from '../deliver/endpoint.caller';
import { eventBody } from '../event/event-type.rules';
import { EndpointService } from './endpoint.service';

/** Lets owners see what comes of a call, also of an endpoint that is disabled. It stands in no log. */
@Injectable()
export class EndpointTestService {
  constructor(
    private readonly endpoints: EndpointService,
    private readonly caller: EndpointCaller,
    private readonly clock: Clock,
  ) {}

  /** Calls once, as an event would; at most 15 seconds. @throws DomainError 404 */
  async test(accountId: number, id: number): Promise<CallResult> {
    const endpoint = await this.endpoints.get(accountId, id);
    const body = eventBody('test', this.clock.now(), { endpoint_id: id });
    return this.caller.call(endpoint, { messageId: `msg_test_${randomUUID()}`, body });
  }
}
