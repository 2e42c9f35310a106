import { Injectable } from '@nestjs/common';
import { FieldCipher } from '../crypto/field-cipher';
import type { Fact } from '../outbox/fact';
import { OutboxService } from '../outbox/outbox.service';
import type { MailMessage } from './mail-message';

export const MAIL_QUEUED = 'mail-queued';
export const MAIL_CONTEXT = 'outbox.mail';

/** Mails carry links and codes that open accounts, so a waiting one is encrypted at rest. */
class MailQueued implements Fact {
  readonly topic = MAIL_QUEUED;
  readonly payload: { sealed: string };

  constructor(sealed: string) {
    this.payload = { sealed };
  }
}

@Injectable()
export class MailService {
  constructor(
    private readonly outbox: OutboxService,
    private readonly cipher: FieldCipher,
  ) {}

  /** Sends after the running unit of work commits, and not at all if it doesn't. Throws outside a unit of work. */
  async send(message: MailMessage): Promise<void> {
    await this.outbox.publish(new MailQueued(this.cipher.encrypt(JSON.stringify(message), MAIL_CONTEXT)));
  }
}
