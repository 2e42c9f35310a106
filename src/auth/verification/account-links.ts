import { Injectable } from '@nestjs/common';
import { Settings } from '../../infra/config/settings';

const PREFIX = 'authenticate/rest-auth';

/** The links that mails carry; the routes they lead to show a page on GET and act on POST alone. */
@Injectable()
export class AccountLinks {
  private readonly base: string;

  constructor(settings: Settings) {
    this.base = `${settings.publicUrl.href.replace(/\/$/, '')}/${PREFIX}`;
  }

  confirmEmail(key: string): string {
    return `${this.base}/registration/account-confirm-email/${key}/`;
  }

  resetPassword(uid: string, token: string): string {
    return `${this.base}/password/reset/confirm/${uid}/${token}/`;
  }
}
