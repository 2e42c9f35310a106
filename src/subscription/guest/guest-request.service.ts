import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import { OutboxService } from '../../infra/outbox/outbox.service';
import { GuestLinkRequested } from './guest-facts';

/** Asks for a link to a mailbox for which something may or may not wait, with the same work either way. */
@Injectable()
export class GuestRequestService {
  constructor(
    private readonly outbox: OutboxService,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  async request(email: string): Promise<void> {
    await this.unitOfWork.run(() => this.outbox.publish(new GuestLinkRequested({ email })));
  }
}
