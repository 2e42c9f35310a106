import { CharField, ChoiceField, IntegerField } from '../../../infra/http/fields';
import { CURRENCIES, type Currency } from '../../../common/price';

const GATEWAY_ID = { max: 40 } as const;

export class SubscribeRequest {
  @IntegerField({ min: 1, description: 'A tier.', example: 3 })
  tierID: number;

  @ChoiceField(CURRENCIES, { required: false, description: 'INR where the tier has a price in it.', example: 'INR' })
  currency?: Currency;
}

export class JoinRequest {
  @IntegerField({ min: 1, description: 'A free tier.', example: 3 })
  tierID: number;
}

/** What the checkout page gives; the id of the payment under either of its names. */
export class SaveRequest {
  @IntegerField({ required: false, min: 1, description: 'Has to be the tier of the checkout.', example: 3 })
  tierID?: number;

  @CharField({ ...GATEWAY_ID, required: false, example: 'pay_IH4NVgf4Dreq1l' })
  razor_payment_id?: string;

  @CharField({ ...GATEWAY_ID, required: false, example: 'pay_IH4NVgf4Dreq1l' })
  razorpay_payment_id?: string;

  @CharField({ max: 128, example: '1b4f3c190043868ba8f93b745e71cc83f5f34d5837603f51168bbd7427743d02' })
  razorpay_signature: string;

  @CharField({
    ...GATEWAY_ID,
    description: 'What the checkout was opened with: a subscription, or an order where it is paid once.',
    example: 'sub_IH4NTn5Xqz9kXr',
  })
  razorpay_subscription_id: string;
}

export class EndRequest {
  @IntegerField({ min: 1, description: 'A tier.', example: 3 })
  tier: number;

  @IntegerField({ min: 0, max: 1, description: '1 = with the days that are paid, 0 = now.', example: 1 })
  end_type: number;
}
