import { refused } from './api-error';
import type { Period } from './cycle.rules';
import type { Plan } from './entities';
import { amountOf, type Body, choiceOf, currencyOf, integerOf, notesOf, objectOf, requiredText, textOf } from './input';
import type { World } from './world';

const PERIODS: readonly Period[] = ['daily', 'weekly', 'monthly', 'yearly'];
const SHORTEST_IN_DAYS = 7;

/** As `POST /v1/plans` asks: `{period, interval, item: {name, amount, currency, description}, notes}`. */
export function createPlan({ ids, clock, store }: World, body: Body): Plan {
  if (body['period'] === undefined) throw refused('The period field is required.', 'period');
  const period = choiceOf(body, 'period', PERIODS, 'monthly');
  const interval = integerOf(body, 'interval') ?? 1;
  if (interval < 1) throw refused('The interval must be at least 1.', 'interval');
  if (period === 'daily' && interval < SHORTEST_IN_DAYS) {
    throw refused('For daily plan, interval should be at least 7', 'interval');
  }
  const item = objectOf(body, 'item');
  const currency = currencyOf(item);
  const amount = amountOf(item, currency);
  const now = clock.now();
  const plan: Plan = {
    id: ids.make('plan'),
    entity: 'plan',
    interval,
    period,
    item: {
      id: ids.make('item'),
      active: true,
      name: requiredText(item, 'name'),
      description: textOf(item, 'description', 2048) ?? null,
      amount,
      unit_amount: amount,
      currency,
      type: 'plan',
      unit: null,
      tax_inclusive: false,
      hsn_code: null,
      sac_code: null,
      tax_rate: null,
      tax_id: null,
      tax_group_id: null,
      created_at: now,
      updated_at: now,
    },
    notes: notesOf(body),
    created_at: now,
  };
  return store.plans.add({ wire: plan }).wire;
}
