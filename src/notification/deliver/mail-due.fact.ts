import type { Fact } from '../../infra/outbox/fact';

export type MailDuePayload = { notification_ids: number[] };

/** These notifications are to be mailed at once. */
export class MailDue implements Fact {
  static readonly topic = 'notification-mail-due';
  readonly topic = MailDue.topic;

  constructor(readonly payload: MailDuePayload) {}
}
