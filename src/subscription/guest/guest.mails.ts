import { letter } from '../../infra/mail/letter';
import type { MailMessage } from '../../infra/mail/mail-message';

// Neither greets by name nor says what was bought: strangers may have typed the address, and written those words.

export function guestClaimMail(to: string, link: string): MailMessage {
  return letter(to, 'Your purchase waits for you', [
    'Hello,',
    'something was paid for at Guildhall with this e-mail address, without an account. Open this page and press its button, and it is yours; that works once and for two weeks:',
    { link, label: 'Take what I bought' },
    'If you have an account with this address it is added there, otherwise you get one. Later you may ask for another link.',
    'If it was not you, do nothing: nobody else can take it.',
  ]);
}

/** Why a guest's purchase goes back: its owner has it already, or it is over: its creator has left, or its seat is taken. */
export type ReturnReason = 'owned' | 'over';

const RETURNED: Readonly<Record<ReturnReason, string>> = {
  owned:
    'something was paid for at Guildhall with this e-mail address that you have or had bought already. It was ended, nothing more is charged for it, and what was paid goes back the way it came. What you have stays as it is.',
  over: 'something was paid for at Guildhall with this e-mail address that is not to be had any more. It was ended, nothing more is charged for it, and what was paid goes back the way it came.',
};

export function guestReturnedMail(to: string, why: ReturnReason): MailMessage {
  return letter(to, 'What you paid goes back to you', ['Hello,', RETURNED[why]]);
}
