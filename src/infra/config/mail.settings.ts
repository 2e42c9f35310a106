import type { SettingsReader } from './settings-reader';

export interface MailSettings {
  /** Unset outside production: mails are kept in DATA_DIR and shown at /dev/mail. */
  readonly smtpUrl: string | undefined;
  readonly mailFrom: string;
}

export function readMail(reader: SettingsReader): MailSettings {
  const smtpUrl = reader.url('SMTP_URL', ['smtp:', 'smtps:'])?.toString();
  if (smtpUrl === undefined && reader.isProduction) reader.warn('SMTP_URL is missing: mails wait in the outbox unsent');
  return { smtpUrl, mailFrom: reader.text('MAIL_FROM') ?? 'Guildhall <no-reply@localhost>' };
}
