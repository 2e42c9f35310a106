import { BooleanField, CharField, ChoiceField, IntegerField } from '../../../infra/http/fields';
import { CURRENCIES, type Currency, LEAST_AMOUNT, MOST_AMOUNT } from '../../../common/price';

const AMOUNT = { min: LEAST_AMOUNT, max: MOST_AMOUNT, example: 34800 } as const;
const NAME = {
  required: false,
  blank: true,
  max: 100,
  description: 'Your username unless told.',
  example: 'Member',
} as const;
const MESSAGE = { required: false, blank: true, max: 1000, example: 'check' } as const;
const ANONYMOUS = { required: false, description: 'Your name and picture are not shown.', example: false } as const;
const HIDE_AMOUNT = { required: false, description: 'Nor the amount.', example: false } as const;

export class TipOrderRequest {
  @IntegerField({ ...AMOUNT, description: "In the currency's minor unit." })
  amount: number;

  @ChoiceField(CURRENCIES, { required: false, description: 'INR unless told.', example: 'INR' })
  currency?: Currency;

  @IntegerField({
    required: false,
    min: 1,
    description: 'Whom it is for. Left out, the payment’s notes have to say it.',
    example: 7,
  })
  creatorID?: number;

  @CharField(NAME)
  name?: string;

  @CharField(MESSAGE)
  message?: string;

  @BooleanField(ANONYMOUS)
  anonymous?: boolean;

  @BooleanField(HIDE_AMOUNT)
  hide_amount?: boolean;
}

/** What the checkout page gives, and what to write on the wall. */
export class SaveTipRequest {
  @CharField(NAME)
  name?: string;

  @CharField(MESSAGE)
  message?: string;

  @IntegerField({ ...AMOUNT, required: false, description: 'Has to be the amount of the order.' })
  amount?: number;

  @BooleanField(ANONYMOUS)
  anonymous?: boolean;

  @BooleanField(HIDE_AMOUNT)
  hide_amount?: boolean;

  @CharField({ max: 40, example: 'pay_IH4NVgf4Dreq1l' })
  razorpay_payment_id: string;

  @CharField({ max: 128, example: 'e0b0905aea398d147d05f35a1f2dc807d59321407a7523f97f793669510a8c4a' })
  razorpay_signature: string;

  @CharField({ max: 40, description: 'The order.', example: 'order_IluGWxBm9U8zJ8' })
  razorpay_subscription_id: string;
}

export class TipChangeRequest {
  @BooleanField(ANONYMOUS)
  anonymous?: boolean;

  @BooleanField(HIDE_AMOUNT)
  hide_amount?: boolean;
}
