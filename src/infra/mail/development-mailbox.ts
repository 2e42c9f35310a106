import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { Settings } from '../config/settings';
import type { MailMessage } from './mail-message';
import { MailTransport } from './mail-transport';

const MOST_MAILS = 500;

/** Keeps mails as files in `<DATA_DIR>/mail` where no SMTP server is configured outside production. */
@Injectable()
export class DevelopmentMailbox extends MailTransport {
  private readonly folder: string;

  constructor(
    @Inject(Settings) settings: Settings,
    private readonly clock: Clock,
  ) {
    super();
    this.folder = join(settings.dataDir, 'mail');
  }

  async deliver({ to, subject, text, html, headers }: MailMessage, id: string): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const path = join(this.folder, `${this.clock.now().toISOString().replaceAll(':', '-')}-${id}.json`);
    await writeFile(`${path}.draft`, JSON.stringify({ to, subject, text, html, headers }), { mode: 0o600 });
    await rename(`${path}.draft`, path);
    const files = await this.files();
    for (const old of files.slice(0, Math.max(files.length - MOST_MAILS, 0))) await rm(old, { force: true });
  }

  /** Oldest first. */
  async mails(to?: string): Promise<MailMessage[]> {
    const texts = await Promise.all((await this.files()).map((file) => readFile(file, 'utf8')));
    const mails = texts.map((text) => JSON.parse(text) as MailMessage);
    return mails.filter((mail) => to === undefined || mail.to.toLowerCase() === to.toLowerCase());
  }

  private async files(): Promise<string[]> {
    const names = await readdir(this.folder).catch(() => []);
    return names
      .filter((name) => name.endsWith('.json'))
      .sort()
      .map((name) => join(this.folder, name));
  }
}
