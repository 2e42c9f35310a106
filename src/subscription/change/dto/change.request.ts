import { CURRENCIES, type Currency } from '../../../common/price';
import { BooleanField, CharField, ChoiceField, IntegerField } from '../../../infra/http/fields';
import { APPLIES, type Applies } from '../change.rules';

export class ChangeRequest {
  @IntegerField({ min: 1, description: 'One of yours, as `GET /subscriptions/list` has it.', example: 41 })
  subscriptionID: number;

  @IntegerField({ min: 1, description: 'Another tier of the same creator.', example: 4 })
  tierID: number;

  @ChoiceField(APPLIES, {
    required: false,
    description: 'When the new tier begins. If it is left out: more at once, less with the next month.',
    example: 'cycle_end',
  })
  when?: Applies;

  @ChoiceField(CURRENCIES, { required: false, description: 'As before, where the tier has it.', example: 'INR' })
  currency?: Currency;

  @BooleanField({ required: false, description: 'Only shows what it would cost: nothing is changed.', example: true })
  preview?: boolean;

  @CharField({
    required: false,
    max: 64,
    description: 'Without `preview`: the `quote` of the preview that you agree to.',
    example: '5f1d7a84db00d2fce00b31a7fc73224f',
  })
  quote?: string;

  @IntegerField({ required: false, min: 1, description: 'Has to be the new price, if it is given.', example: 49900 })
  amount?: number;
}
