import { Injectable } from '@nestjs/common';
import type { Principal } from '../../common/current-user';
import type { DetailResponse } from '../browser/dto/detail.response';
import { PasswordChangeService } from '../password/password-change.service';
import type { Client } from '../session/client';
import { MailRequestService } from '../verification/mail-request.service';
import { PasswordResetService } from '../verification/password-reset.service';
import type { PasswordChangeRequest, PasswordResetConfirmRequest } from './dto/password.request';

@Injectable()
export class PasswordService {
  constructor(
    private readonly changes: PasswordChangeService,
    private readonly resets: PasswordResetService,
    private readonly mailRequests: MailRequestService,
  ) {}

  async change(principal: Principal, request: PasswordChangeRequest, client: Client): Promise<DetailResponse> {
    await this.changes.change(principal, request, client);
    return { detail: 'New password has been saved.' };
  }

  /** The same answer whether or not there is such an account. */
  async requestReset(email: string): Promise<DetailResponse> {
    await this.mailRequests.requestPasswordReset(email);
    return { detail: 'Password reset e-mail has been sent.' };
  }

  async confirmReset(request: PasswordResetConfirmRequest, client: Client): Promise<DetailResponse> {
    await this.resets.confirm(request, request, client);
    return { detail: 'Password has been reset with the new password.' };
  }
}
