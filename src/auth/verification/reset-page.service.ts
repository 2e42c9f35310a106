import { Injectable } from '@nestjs/common';
import { DomainError, type FieldErrors } from '../../common/domain-error';
import { isForm } from '../../infra/http/form-body';
import { alerts, form, newPasswordInput, page, type Page, paragraph } from '../../infra/http/html-page';
import { validate } from '../../infra/http/validation.pipe';
import type { DetailResponse } from '../browser/dto/detail.response';
import { NewPasswordRequest } from '../rest-auth/dto/password.request';
import type { Client } from '../session/client';
import { PasswordResetService, type ResetLink } from './password-reset.service';

const TITLE = 'Choose a new password';
const DONE = 'Password has been reset with the new password.';

/** Where the link of a reset mail leads: a page with a form, and only what the form sends changes the password. */
@Injectable()
export class ResetPageService {
  constructor(private readonly resets: PasswordResetService) {}

  async show(link: ResetLink): Promise<Page> {
    return (await this.resets.isOpen(link)) ? formPage(200, []) : deadLink(404);
  }

  async reset(link: ResetLink, body: unknown, client: Client, wantsPage: boolean): Promise<Page | DetailResponse> {
    try {
      const password = validate(NewPasswordRequest, body, isForm(body) ? 'form' : 'json');
      await this.resets.confirm(link, password, client);
    } catch (error) {
      if (wantsPage && error instanceof DomainError && error.details.fields) return refusalPage(error.details.fields);
      throw error;
    }
    return wantsPage ? page(200, 'Done', paragraph('You can sign in with your new password now.')) : { detail: DONE };
  }
}

function refusalPage(fields: FieldErrors): Page {
  if ('uid' in fields || 'token' in fields) return deadLink(400);
  const messages = Object.values(fields).flatMap((field) => (Array.isArray(field) ? field : []));
  return formPage(400, [...new Set(messages)]);
}

function formPage(status: number, messages: readonly string[]): Page {
  const inputs = newPasswordInput('new_password1', 'New password') + newPasswordInput('new_password2', 'Once more');
  return page(status, TITLE, alerts(messages) + form('Set password', inputs));
}

function deadLink(status: number): Page {
  const text = 'It was used already, it is older than an hour, or the password was changed since. Ask for another one.';
  return page(status, 'This link works no more', paragraph(text));
}
