import { letter } from '../../infra/mail/letter';
import type { MailMessage } from '../../infra/mail/mail-message';
import type { MoneyStanding } from './commission-order.rules';
import type { CommissionStatus } from './commission-order.state';

const WHY: Partial<Record<CommissionStatus, string>> = {
  declined: 'Its creator does not take the order.',
  expired: 'It was not answered, or not paid, in time.',
};

// Neither greets by name nor says what was ordered, or why not: strangers may have typed the address, and those words.
export function commissionCameToNothingMail(
  to: string,
  { status, payment }: { readonly status: CommissionStatus; readonly payment: MoneyStanding },
): MailMessage {
  return letter(to, 'What you paid goes back to you', [
    'Hello,',
    `a commission was ordered at Guildhall with this e-mail address, without an account. ${WHY[status] ?? 'It was ended.'}`,
    payment === 'released'
      ? 'Nothing was taken: what your bank holds for it is yours again within some days.'
      : 'What was paid goes back the way it came, within some days.',
  ]);
}
