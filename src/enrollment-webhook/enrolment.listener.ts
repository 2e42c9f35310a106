import { Injectable } from '@nestjs/common';
import { AccountClosed, type AccountClosedPayload } from '../auth/events/account-closed.event';
import { EmailVerified, type EmailVerifiedPayload } from '../auth/events/email-verified.event';
import { OnFact } from '../infra/outbox/on-fact';
import { ClaimService } from './enrolment/claim.service';
import { ClosingService } from './enrolment/closing.service';

@Injectable()
export class EnrolmentListener {
  constructor(
    private readonly claims: ClaimService,
    private readonly closing: ClosingService,
  ) {}

  @OnFact(EmailVerified.topic, 'enrolment.claim-allowances')
  claim({ account_id, email }: EmailVerifiedPayload): Promise<void> {
    return this.claims.claim(account_id, email);
  }

  @OnFact(AccountClosed.topic, 'enrolment.account-closed')
  close({ account_id, email }: AccountClosedPayload): Promise<void> {
    return this.closing.close(account_id, email);
  }
}
