import { type DynamicModule, Global, Module } from '@nestjs/common';
import type { Settings } from '../config/settings';
import { DevelopmentMailController } from './development-mail.controller';
import { DevelopmentMailbox } from './development-mailbox';
import { MailListener } from './mail.listener';
import { MailService } from './mail.service';
import { MailTransport } from './mail-transport';
import { SmtpTransport } from './smtp.transport';

@Global()
@Module({})
export class MailModule {
  /** SMTP where it is configured and in production; else a mailbox of files that developers can read. */
  static forRoot(settings: Settings): DynamicModule {
    const keep = settings.smtpUrl === undefined && !settings.isProduction;
    const transport = keep ? DevelopmentMailbox : SmtpTransport;
    return {
      module: MailModule,
      controllers: keep ? [DevelopmentMailController] : [],
      providers: [MailService, MailListener, transport, { provide: MailTransport, useExisting: transport }],
      exports: [MailService],
    };
  }
}
