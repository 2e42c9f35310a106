import { Injectable } from '@nestjs/common';
import { notFound } from '../../common/domain-error';
import { form, page, type Page, paragraph } from '../../infra/http/html-page';
import { type Unsubscribed, UnsubscribeTokens } from '../mail/unsubscribe-tokens';
import { PreferenceService } from './preference.service';

const DEAD = page(
  404,
  'This link does not work',
  paragraph('It is not whole. Try the whole of it, as the mail has it.'),
);

/** Where the links out of our mails lead: a page with a button on GET, and only POST does something (RFC 8058). */
@Injectable()
export class UnsubscribeService {
  constructor(
    private readonly tokens: UnsubscribeTokens,
    private readonly preferences: PreferenceService,
  ) {}

  show(token: string): Page {
    const claim = this.tokens.read(token);
    if (claim === undefined) return DEAD;
    return page(200, 'Unsubscribe', paragraph(`No more ${mailsOf(claim.from)}?`) + form('Unsubscribe'));
  }

  /** For a browser a page, for a mail program a sentence. Repeatable. */
  async unsubscribe(token: string, wantsPage: boolean): Promise<Page | { detail: string }> {
    const claim = this.tokens.read(token);
    if (claim === undefined) {
      if (wantsPage) return DEAD;
      throw notFound();
    }
    await this.preferences.unsubscribe(claim);
    const done = `You get no more ${mailsOf(claim.from)}.`;
    return wantsPage ? page(200, 'Done', paragraph(`${done} Your settings bring them back.`)) : { detail: done };
  }
}

function mailsOf(from: Unsubscribed): string {
  return from === 'digest' ? 'daily mails' : `mails of the kind “${from.replaceAll('-', ' ')}”`;
}
