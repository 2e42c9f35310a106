import { Injectable } from '@nestjs/common';
import { invalid } from '../../common/domain-error';
import type { DetailResponse } from '../browser/dto/detail.response';
import { EmailVerificationService } from '../verification/email-verification.service';
import { MailRequestService } from '../verification/mail-request.service';
import type { VerifyEmailRequest } from './dto/verify-email.request';
import { REQUIRED } from './rest-auth.errors';

const OK: DetailResponse = { detail: 'ok' };

@Injectable()
export class EmailProofService {
  constructor(
    private readonly verifications: EmailVerificationService,
    private readonly mailRequests: MailRequestService,
  ) {}

  async verify({ key, email, code }: VerifyEmailRequest): Promise<DetailResponse> {
    if (key !== undefined) await this.verifications.confirmByKey(key);
    else if (email !== undefined && code !== undefined) await this.verifications.confirmByCode(email, code);
    else throw invalid(email === undefined && code === undefined ? { key: REQUIRED } : missingOf(email));
    return OK;
  }

  /** The same answer whether there is such an account, and whether it is proven. */
  async resend(email: string): Promise<DetailResponse> {
    await this.mailRequests.requestVerification(email);
    return OK;
  }
}

function missingOf(email: string | undefined): { email: string[] } | { code: string[] } {
  return email === undefined ? { email: REQUIRED } : { code: REQUIRED };
}
