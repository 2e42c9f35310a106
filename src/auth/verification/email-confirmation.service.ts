import { Injectable } from '@nestjs/common';
import { DomainError } from '../../common/domain-error';
import { form, page, type Page, paragraph } from '../../infra/http/html-page';
import type { DetailResponse } from '../browser/dto/detail.response';
import { EmailVerificationService } from './email-verification.service';

const TITLE = 'Confirm your e-mail address';

/** Where the link of a verification mail leads: a page with a button, and only the button confirms. */
@Injectable()
export class EmailConfirmationService {
  constructor(private readonly verifications: EmailVerificationService) {}

  async show(key: string): Promise<Page> {
    if (!(await this.verifications.isOpen(key))) return deadLink();
    return page(200, TITLE, paragraph('Press the button to confirm that this mailbox is yours.') + form('Confirm'));
  }

  async confirm(key: string, wantsPage: boolean): Promise<Page | DetailResponse> {
    try {
      await this.verifications.confirmByKey(key);
    } catch (error) {
      if (wantsPage && error instanceof DomainError) return deadLink();
      throw error;
    }
    return wantsPage ? page(200, 'Thank you', paragraph('Your e-mail address is confirmed.')) : { detail: 'ok' };
  }
}

function deadLink(): Page {
  const text =
    'It was used already, or it is older than three days. If your address is confirmed, just sign in; if not, sign in or ask for another mail.';
  return page(404, 'This link works no more', paragraph(text));
}
