import { CURRENCIES, type Currency } from '../../../common/price';
import { CharField, ChoiceField } from '../../../infra/http/fields';
import { PkField, PkListField } from '../../../infra/http/fields/pk.field';
import { PagedQuery } from '../../../infra/http/page.request';
import { type Side, SIDES } from '../order-list.repository';

const MAX_TEXT = 5000;
const MAX_MEDIA = 20;

export class OrderRequest {
  @PkField({ description: 'An offer.', example: 1 })
  commissionID: number;

  @CharField({ max: MAX_TEXT, description: 'What is wished for.', example: 'A drawing of my cat.' })
  description: string;

  @CharField({
    max: 1000,
    description: 'Encrypted at rest, and read by the two of you alone.',
    example: 'asha@example.org',
  })
  contactDetails: string;

  @CharField({
    required: false,
    blank: true,
    max: 100,
    description: "One of the offer's `delivery_modes`: its id, or its name.",
    example: '1',
  })
  mode_of_delivery?: string;

  @ChoiceField(CURRENCIES, { required: false, description: 'INR, or the first that it has, unless told.' })
  currency?: Currency;
}

/** What the checkout page gives. */
export class SaveOrderRequest {
  @CharField({ max: 40, example: 'pay_IH4NVgf4Dreq1l' })
  razorpay_payment_id: string;

  @CharField({ max: 128, example: 'e0b0905aea398d147d05f35a1f2dc807d59321407a7523f97f793669510a8c4a' })
  razorpay_signature: string;
}

export class OrderQuery extends PagedQuery {
  @ChoiceField(SIDES, { required: false, description: '`creator`: what others ordered of you. `buyer`: what you did.' })
  side?: Side;
}

export class OrderReasonRequest {
  @CharField({ required: false, blank: true, max: MAX_TEXT, example: 'I am ill.' })
  reason?: string;
}

export class DeliverRequest {
  @CharField({ required: false, blank: true, max: MAX_TEXT, example: 'Here it is.' })
  message?: string;

  @PkListField({ required: false, max: MAX_MEDIA, description: 'Files of your own, in this order.', example: [5] })
  media?: number[];
}

export class ReviseRequest {
  @CharField({ max: MAX_TEXT, example: 'The ears are too long.' })
  message: string;
}
