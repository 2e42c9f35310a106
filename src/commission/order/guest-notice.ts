import { Injectable } from '@nestjs/common';
import { MailService } from '../../infra/mail/mail.service';
import { isPaidForNothing } from './commission-order.rules';
import { commissionCameToNothingMail } from './guest.mails';
import { OrderRepository, type OrderRow } from './order.repository';

/** Guests have no bell: once, by mail, they are told that what they paid goes back. Only inside a unit of work. */
@Injectable()
export class GuestNotice {
  constructor(
    private readonly orders: OrderRepository,
    private readonly mails: MailService,
  ) {}

  /** From `before` to `after`, which is written. */
  async tell(before: OrderRow, after: OrderRow): Promise<void> {
    if (after.buyerId !== null || isPaidForNothing(before) || !isPaidForNothing(after)) return;
    // A guest's contact is the mailbox; of a buyer who has closed the account there is none.
    const mailbox = await this.orders.contactOf(after.id);
    if (mailbox !== undefined) await this.mails.send(commissionCameToNothingMail(mailbox, after));
  }
}
