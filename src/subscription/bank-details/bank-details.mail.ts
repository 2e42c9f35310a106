import { letter } from '../../infra/mail/letter';
import type { MailMessage } from '../../infra/mail/mail-message';
import type { BankDetailsChange } from '../events/bank-details-changed.event';

const WORDS: Readonly<Record<BankDetailsChange, string>> = {
  created: 'added',
  changed: 'changed',
  deleted: 'removed',
};

/** What the owner reads after the bank details of the account became others; nothing of them stands in it. */
export function bankDetailsMail(to: string, change: BankDetailsChange, at: Date): MailMessage {
  const when = `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  return letter(to, `Your bank details were ${WORDS[change]}`, [
    'Hello,',
    `the bank details to which your earnings at Guildhall are paid were ${WORDS[change]} on ${when}.`,
    'If it was not you, change your password at once, which signs out all other devices, and put the bank details right.',
  ]);
}
