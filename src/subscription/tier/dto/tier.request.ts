import { BooleanField, CharField, ChoiceField, IntegerField, ListField } from '../../../infra/http/fields';
import { charCheck } from '../../../infra/http/fields/char.field';
import { checkObject } from '../../../infra/http/fields/plan';
import { PagedQuery } from '../../../infra/http/page.request';
import { CURRENCIES, type Currency, LEAST_AMOUNT, MOST_AMOUNT } from '../../../common/price';

const MAX_COURSES = 20;
const MAX_MEMBERS = 2_147_483_647;
const AMOUNT = { min: LEAST_AMOUNT, max: MOST_AMOUNT, example: 19900 } as const;

export class TierPriceRequest {
  @ChoiceField(CURRENCIES, { example: 'INR' })
  currency: Currency;

  @IntegerField({ ...AMOUNT, description: "In the currency's minor unit." })
  amount: number;
}

class TierFields {
  @CharField({ required: false, blank: true, max: 5000, example: 'Early tracks, and the stems.' })
  description?: string;

  @ListField({
    required: false,
    item: (value) => checkObject(TierPriceRequest, value),
    itemType: TierPriceRequest,
    max: CURRENCIES.length,
    description: 'One of each currency; takes the place of all prices.',
    example: [{ currency: 'INR', amount: 19900 }],
  })
  prices?: TierPriceRequest[];

  @IntegerField({
    ...AMOUNT,
    required: false,
    description: 'A single price, of old: use `prices`.',
    example: undefined,
  })
  amount?: number;

  @ChoiceField(CURRENCIES, { required: false, description: 'Of `amount`; INR when left out.' })
  currency?: Currency;

  @BooleanField({ required: false, description: 'Free: it has no prices.', example: false })
  is_public?: boolean;

  @IntegerField({
    required: false,
    nullable: true,
    min: 1,
    max: MAX_MEMBERS,
    description: 'null = any number.',
    example: null,
  })
  member_limit?: number | null;

  @ListField({
    required: false,
    item: charCheck(),
    max: MAX_COURSES,
    description: 'Courses that name you among their owners.',
    example: [],
  })
  course_ids?: string[];
}

export class TierRequest extends TierFields {
  @CharField({ max: 100, example: 'Gold' })
  name: string;
}

export class TierChangeRequest extends TierFields {
  @CharField({ required: false, max: 100, example: 'Gold' })
  name?: string;

  @BooleanField({ required: false, description: 'False takes a tier out of the archive.' })
  archived?: boolean;
}

export class TierQuery extends PagedQuery {
  @IntegerField({ required: false, min: 1, description: 'An account.', example: 7 })
  creator?: number;

  @BooleanField({ required: false, description: 'True: only archived ones, of your own.' })
  archived?: boolean;
}
