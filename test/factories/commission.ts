import type { OfferRequest } from '../../src/commission/offer/dto/offer.request';
import type { LoggedIn } from './administrator';

export interface AnsweredOffer {
  readonly id: number;
  readonly open_slots: number | null;
}

export interface AnsweredPlacing {
  readonly id: number;
  readonly SubscriptionID: string | null;
  readonly public_key: string | null;
  readonly status: string;
  readonly position: number | null;
}

let offers = 0;

/** Work of 348 rupees or 9 dollars, by mail or in a letter, for three at once unless told. */
export async function anOffer(creator: LoggedIn, overrides: Partial<OfferRequest> = {}): Promise<AnsweredOffer> {
  offers += 1;
  const answer = await creator.call('POST', '/commissions/api/commission-creator', {
    title: `Portrait ${offers}`,
    prices: [
      { currency: 'INR', amount: 34_800 },
      { currency: 'USD', amount: 900 },
    ],
    delivery_modes: [
      { id: 1, name: 'By mail' },
      { id: 2, name: 'As a letter' },
    ],
    slots: 3,
    terms: 'Two weeks.',
    ...overrides,
  });
  if (answer.statusCode !== 201) throw new Error(`The offer was answered ${answer.statusCode}: ${answer.body}`);
  return answer.json<AnsweredOffer>();
}

/** What a buyer sends. */
export function wishFor(offer: { readonly id: number }, overrides: object = {}): Record<string, unknown> {
  return {
    commissionID: offer.id,
    description: 'A drawing of my cat',
    contactDetails: 'post box 7',
    mode_of_delivery: 1,
    currency: 'INR',
    ...overrides,
  };
}

export async function placed(
  buyer: LoggedIn,
  offer: { readonly id: number },
  overrides: object = {},
): Promise<AnsweredPlacing> {
  const answer = await buyer.call('POST', '/commissions/api/commission-user', wishFor(offer, overrides));
  if (answer.statusCode !== 200) throw new Error(`The order was answered ${answer.statusCode}: ${answer.body}`);
  return answer.json<AnsweredPlacing>();
}
