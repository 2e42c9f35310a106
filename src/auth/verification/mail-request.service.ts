import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import type { Fact } from '../../infra/outbox/fact';
import { OutboxService } from '../../infra/outbox/outbox.service';
import { PasswordResetRequested, VerificationRequested } from './mail-requested.fact';

/** Asks for mails to an address that may or may not be an account's, with the same work either way. */
@Injectable()
export class MailRequestService {
  constructor(
    private readonly outbox: OutboxService,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  requestVerification(email: string): Promise<void> {
    return this.publish(new VerificationRequested({ email }));
  }

  requestPasswordReset(email: string): Promise<void> {
    return this.publish(new PasswordResetRequested({ email }));
  }

  private async publish(fact: Fact): Promise<void> {
    await this.unitOfWork.run(() => this.outbox.publish(fact));
  }
}
