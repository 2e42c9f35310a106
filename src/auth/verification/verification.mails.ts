import { letter } from '../../infra/mail/letter';
import type { MailMessage } from '../../infra/mail/mail-message';

// None of these greets by name: a stranger may have typed the address, and must not get to write in its owner's inbox.

/** The code stands above the link, so that the first six digits in the text are the code. */
export function verificationMail(to: string, code: string, link: string): MailMessage {
  return letter(to, 'Confirm your e-mail address', [
    'Hello,',
    'this address was given for an account at Guildhall. If that was you, enter this code where you are asked for it; it works for half an hour:',
    { code },
    'Or open this page and press its button; that works for three days:',
    { link, label: 'Confirm my e-mail address' },
    'If it was not you, do nothing: without you the address stays unconfirmed.',
  ]);
}

export function passwordResetMail(to: string, link: string): MailMessage {
  return letter(to, 'Choose a new password', [
    'Hello,',
    'somebody, most likely you, asked for a new password for your account at Guildhall. You can choose it on this page, once and within the hour:',
    { link, label: 'Choose a new password' },
    'You will then be signed out everywhere else. If it was not you, do nothing: your password stays as it is.',
  ]);
}

export function passwordChangedMail(to: string, at: Date): MailMessage {
  const when = `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  return letter(to, 'Your password was changed', [
    'Hello,',
    `the password of your account at Guildhall was changed on ${when}, and the other devices were signed out.`,
    'If it was not you, ask for a new password on the sign-in page at once: that takes the account back.',
  ]);
}
