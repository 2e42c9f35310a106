import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { createTransport, type Transporter } from 'nodemailer';
import { Settings } from '../config/settings';
import { UnitOfWork } from '../database/unit-of-work';
import type { MailMessage } from './mail-message';
import { MailTransport } from './mail-transport';

const TIMEOUT_MS = 10_000;

@Injectable()
export class SmtpTransport extends MailTransport implements OnModuleDestroy {
  private readonly transporter: Transporter | undefined;

  constructor(
    @Inject(Settings) private readonly settings: Settings,
    private readonly unitOfWork: UnitOfWork,
  ) {
    super();
    if (settings.smtpUrl === undefined) return;
    const url = new URL(settings.smtpUrl);
    this.transporter = createTransport({
      host: url.hostname,
      port: Number(url.port) || (url.protocol === 'smtps:' ? 465 : 587),
      secure: url.protocol === 'smtps:',
      ...(url.username !== '' && {
        auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) },
      }),
      pool: true,
      maxConnections: 4,
      connectionTimeout: TIMEOUT_MS,
      greetingTimeout: TIMEOUT_MS,
      socketTimeout: TIMEOUT_MS,
    });
  }

  async deliver({ to, subject, text, html, headers }: MailMessage, id: string): Promise<void> {
    this.unitOfWork.refuseInside('SMTP');
    if (this.transporter === undefined) throw new Error('SMTP_URL is not set');
    const messageId = `<${id}@${this.settings.publicUrl.hostname}>`;
    await this.transporter.sendMail({
      from: this.settings.mailFrom,
      to: { name: '', address: to },
      subject,
      text,
      html,
      messageId,
      headers,
    });
  }

  onModuleDestroy(): void {
    this.transporter?.close();
  }
}
