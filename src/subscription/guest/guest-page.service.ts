import { Injectable } from '@nestjs/common';
import { DomainError } from '../../common/domain-error';
import { form, link, page, type Page, paragraph } from '../../infra/http/html-page';
import type { GuestClaimedResponse } from './dto/guest.response';
import { type Claimed, GuestLinkService } from './guest-link.service';

const TITLE = 'Take what you bought';

/** Where the link of a claim mail leads: a page with a button, and only the button claims. */
@Injectable()
export class GuestPageService {
  constructor(private readonly links: GuestLinkService) {}

  async show(key: string): Promise<Page> {
    if (!(await this.links.isOpen(key))) return deadLink();
    const text = 'Press the button, and what was paid for with this e-mail address is yours.';
    return page(200, TITLE, paragraph(text) + form('Take it'));
  }

  async claim(key: string, wantsPage: boolean): Promise<Page | GuestClaimedResponse> {
    try {
      const claimed = await this.links.claim(key);
      return wantsPage ? donePage(claimed) : answerOf(claimed);
    } catch (error) {
      if (!wantsPage || !(error instanceof DomainError)) throw error;
      return error.kind === 'not-found' ? deadLink() : page(error.status, TITLE, paragraph(error.message));
    }
  }
}

function answerOf({ username, passwordUrl }: Claimed): GuestClaimedResponse {
  return { detail: 'ok', username, password_url: passwordUrl ?? null };
}

function donePage({ username, passwordUrl }: Claimed): Page {
  const yours = paragraph(`What you bought is yours now. Your username is ${username}.`);
  if (passwordUrl === undefined) return page(200, 'Thank you', yours + paragraph('Sign in as you always do.'));
  return page(200, 'Thank you', `${yours}\n${link(passwordUrl, 'Choose a password')}`);
}

function deadLink(): Page {
  const text =
    'It was used already, or it is older than two weeks. If you have what you bought, just sign in; if not, ask for another link.';
  return page(404, 'This link works no more', paragraph(text));
}
