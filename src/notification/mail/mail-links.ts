import { Injectable } from '@nestjs/common';
import { Settings } from '../../infra/config/settings';
import { isLocked } from '../kind/notification-kind.rules';
import type { MailLinks } from './notification.mails';
import { type UnsubscribeClaim, UnsubscribeTokens } from './unsubscribe-tokens';

/** Where the links of our mails lead: to the first of the pages that are ours, and out of the mails. */
@Injectable()
export class NotificationMailLinks {
  private readonly home: string;

  constructor(
    settings: Settings,
    private readonly tokens: UnsubscribeTokens,
  ) {
    this.home = settings.spaOrigins[0] ?? settings.publicUrl.href;
  }

  of(claim: UnsubscribeClaim): MailLinks {
    const isKept = claim.from !== 'digest' && isLocked(claim.from);
    return { home: this.home, ...(!isKept && { unsubscribe: this.tokens.link(claim) }) };
  }
}
