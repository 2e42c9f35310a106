import { letter } from '../../infra/mail/letter';
import type { MailMessage } from '../../infra/mail/mail-message';
import { clientName } from './client-name.rules';

/** What the owner reads after a replaced refresh token came back (C3). */
export function reuseMail(to: string, device: { ip: string; userAgent: string }, at: Date): MailMessage {
  const when = `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  return letter(to, 'We ended one of your sessions', [
    'Hello,',
    `on ${when} a token of yours that was already used up was used again. That happens when somebody copied it. We ended its session, so whoever held it is signed out, and so are you on that device.`,
    `It began with a sign-in from ${device.ip || 'an unknown address'} by ${clientName(device.userAgent)}.`,
    'Sign in again to go on. If you can not explain this, change your password: that signs out all your other devices too.',
  ]);
}
