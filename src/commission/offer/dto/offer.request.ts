import { CURRENCIES, type Currency, LEAST_AMOUNT, MOST_AMOUNT } from '../../../common/price';
import { BooleanField, CharField, ChoiceField, IntegerField, ListField } from '../../../infra/http/fields';
import { PkListField } from '../../../infra/http/fields/pk.field';
import { checkObject } from '../../../infra/http/fields/plan';
import type { Check } from '../../../infra/http/fields/refusal';
import { PagedQuery } from '../../../infra/http/page.request';

const MAX_MODES = 10;
const MAX_SAMPLES = 10;
const MAX_SLOTS = 1000;
const TITLE = { max: 200, example: 'A portrait in ink' } as const;
const PRICES = {
  item: (value: unknown) => checkObject(OfferPriceRequest, value),
  min: 1,
  max: CURRENCIES.length,
  description: 'One of each currency.',
  example: [{ currency: 'INR', amount: 34800 }],
};

export class OfferPriceRequest {
  @ChoiceField(CURRENCIES, { example: 'INR' })
  currency: Currency;

  @IntegerField({ min: LEAST_AMOUNT, max: MOST_AMOUNT, description: "In the currency's minor unit.", example: 34800 })
  amount: number;
}

export class DeliveryModeRequest {
  @IntegerField({ required: false, min: 1, max: 1_000_000, description: 'The next one unless told.', example: 1 })
  id?: number;

  @CharField({ max: 100, example: 'By mail' })
  name: string;
}

/** A name alone will do. */
const modeCheck: Check = (value) =>
  checkObject(DeliveryModeRequest, typeof value === 'string' ? { name: value } : value);

class OfferFields {
  @CharField({ required: false, blank: true, max: 5000, example: 'Up to A3, one person.' })
  description?: string;

  @ListField({
    required: false,
    item: modeCheck,
    itemType: DeliveryModeRequest,
    max: MAX_MODES,
    description: 'What a buyer chooses from; none where there is nothing to choose.',
    example: [{ id: 1, name: 'By mail' }],
  })
  delivery_modes?: DeliveryModeRequest[];

  @IntegerField({
    required: false,
    nullable: true,
    min: 1,
    max: MAX_SLOTS,
    description: 'How many orders at once; who comes later waits. null = any number.',
    example: 3,
  })
  slots?: number | null;

  @CharField({ required: false, blank: true, max: 5000, description: 'Kept with each order.', example: 'Two weeks.' })
  terms?: string;

  @PkListField({ required: false, max: MAX_SAMPLES, description: 'Files of your own, in this order.', example: [5] })
  samples?: number[];
}

export class OfferRequest extends OfferFields {
  @CharField(TITLE)
  title: string;

  @ListField({ ...PRICES, itemType: OfferPriceRequest })
  prices: OfferPriceRequest[];
}

export class OfferChangeRequest extends OfferFields {
  @CharField({ ...TITLE, required: false })
  title?: string;

  @ListField({ ...PRICES, itemType: OfferPriceRequest, required: false })
  prices?: OfferPriceRequest[];

  @BooleanField({ required: false, description: 'True: nobody orders it any more, and who waits is declined.' })
  archived?: boolean;
}

export class OwnOfferQuery extends PagedQuery {
  @BooleanField({ required: false, description: 'True: only archived ones.' })
  archived?: boolean;
}
