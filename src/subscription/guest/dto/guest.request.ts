import { CURRENCIES, type Currency, LEAST_AMOUNT, MOST_AMOUNT } from '../../../common/price';
import { BooleanField, CharField, ChoiceField, EmailField, IntegerField } from '../../../infra/http/fields';
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

  @IntegerField({ required: false, nullable: true, min: 1, description: 'Of a tip: whom it is for.', example: 7 })
  creatorID?: number | null;

  @IntegerField({
    required: false,
    nullable: true,
    min: LEAST_AMOUNT,
    max: MOST_AMOUNT,
    description: "Of a tip, in the currency's minor unit.",
    example: 34800,
  })
  amount?: number | null;

  @CharField({ required: false, blank: true, max: 100, description: 'Shown with a tip.', example: 'Member' })
  name?: string;

  @CharField({ required: false, blank: true, max: 1000, description: 'Of a tip.', example: 'check' })
  message?: string;

  @BooleanField({ required: false, description: 'Of a tip: your name is not shown.', example: false })
  anonymous?: boolean;

  @BooleanField({ required: false, description: 'Of a tip: nor the amount.', example: false })
  hide_amount?: boolean;
}

export class GuestLinkRequest {
  @EmailField(EMAIL)
  email: string;
}
