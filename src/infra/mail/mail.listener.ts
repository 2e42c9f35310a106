import { Injectable } from '@nestjs/common';
import { FieldCipher } from '../crypto/field-cipher';
import type { JsonObject } from '../outbox/fact';
import { type Delivery, OnFact } from '../outbox/on-fact';
import type { MailMessage } from './mail-message';
import { MAIL_CONTEXT, MAIL_QUEUED } from './mail.service';
import { MailTransport } from './mail-transport';

@Injectable()
export class MailListener {
  constructor(
    private readonly cipher: FieldCipher,
    private readonly transport: MailTransport,
  ) {}

  @OnFact(MAIL_QUEUED, 'mail.deliver')
  async deliver({ sealed }: JsonObject, { factId }: Delivery): Promise<void> {
    const message = JSON.parse(this.cipher.decrypt(sealed as string, MAIL_CONTEXT)) as MailMessage;
    await this.transport.deliver(message, factId);
  }
}
