import { CURRENCIES, type Currency } from '../../../common/price';
import { CharField, ChoiceField, EmailField, IntegerField } from '../../../infra/http/fields';
import { GUEST_KINDS, type GuestKind } from '../guest.rules';

const EMAIL = { max: 254, example: 'ravi@example.org' } as const;

export class GhostUserRequest {
  @EmailField({ ...EMAIL, description: 'Whose owner the purchase is for.' })
  email: string;

  @CharField({ max: 32, example: '+919876543210' })
  phone: string;

  @CharField({
    required: false,
    nullable: true,
    blank: true,
    trim: false,
    max: 4096,
    description: 'Taken for the sake of old clients, and not looked at: the mailbox’s owner chooses a password.',
  })
  password?: string | null;

  @ChoiceField(GUEST_KINDS, { description: '`oneTime`: a month, paid once.', example: 'recurring' })
  payment_type: GuestKind;

  @IntegerField({ required: false, nullable: true, min: 1, description: 'Of a tier.', example: 3 })
  tierID?: number | null;

  @ChoiceField(CURRENCIES, { required: false, description: 'INR where there is a price in it.', example: 'INR' })
  currency?: Currency;

  @IntegerField({ required: false, nullable: true, min: 1, description: 'Of a commission.', example: 5 })
  commissionID?: number | null;
}

export class GuestLinkRequest {
  @EmailField(EMAIL)
  email: string;
}
