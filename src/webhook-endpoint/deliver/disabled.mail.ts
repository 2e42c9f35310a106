import { letter } from '../../infra/mail/letter';
import type { MailMessage } from '../../infra/mail/mail-message';

const WHY = {
  gone: 'Its server answered 410 Gone, which says that it wants no more calls.',
  failing: 'Nothing that was sent to it in the last five days has arrived.',
} as const;

/** Of the URL only the host is named: the rest of it may be as good as a password. */
export function disabledMail(
  to: string,
  { url, description }: { readonly url: string; readonly description: string },
  reason: keyof typeof WHY,
): MailMessage {
  const name = description === '' ? '' : ` (${description})`;
  return letter(to, 'Your webhook endpoint was disabled', [
    'Hello,',
    `your webhook endpoint at ${new URL(url).host}${name} was disabled. ${WHY[reason]}`,
    'What was sent to it, and what came back, stands in its log for thirty days. When it works again, enable it: it ' +
      'goes on with what was waiting for it. Of what happens meanwhile it does not hear.',
  ]);
}
