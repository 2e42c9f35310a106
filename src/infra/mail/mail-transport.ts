import type { MailMessage } from './mail-message';

/** The way out of the house for mails. */
export abstract class MailTransport {
  /** `id` is stable over attempts, so that a mail sent twice can be told from two mails. Throws when not accepted. */
  abstract deliver(message: MailMessage, id: string): Promise<void>;
}
