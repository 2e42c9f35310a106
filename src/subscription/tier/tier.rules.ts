import type { FieldErrors } from '../../common/domain-error';
import { type Currency, HOME_CURRENCY as HOME, namesCurrencyTwice, type Price, sortedPrices } from '../../common/price';

/** Beyond every amount: what has no price at home stands behind all that have one. */
const ABROAD = 1_000_000_000_000;

export interface Pricing {
  readonly isPublic: boolean;
  readonly prices: readonly Price[];
}

/** What a request says of prices: a list, or of old the single `amount`. */
export interface PricingInput {
  readonly prices?: readonly Price[];
  readonly amount?: number;
  readonly currency?: Currency;
  readonly is_public?: boolean;
}

export interface PriceVersion extends Price {
  readonly id: number;
  readonly version: number;
  readonly isCurrent: boolean;
}

export interface PriceSteps {
  /** Ids of versions that are no longer current. */
  readonly replaced: readonly number[];
  readonly added: readonly (Price & { readonly version: number })[];
}

export const NO_PRICING: Pricing = { isPublic: false, prices: [] };

/**
 * What a tier costs after a request. A list takes the place of all prices; the single amount of its own currency's only,
 * since whoever sends it knows of no other. A tier that becomes free lets go of its prices.
 */
export function pricingAfter({ isPublic, prices }: Pricing, input: PricingInput): Pricing {
  const free = input.is_public ?? isPublic;
  const kept = free && !isPublic ? [] : prices;
  const { amount, currency = HOME } = input;
  const single =
    amount === undefined ? kept : [...kept.filter((one) => one.currency !== currency), { currency, amount }];
  return { isPublic: free, prices: sortedPrices(input.prices ?? single) };
}

export function pricingFaults(input: PricingInput, after: Pricing): FieldErrors {
  const { prices, amount, currency } = input;
  if (prices !== undefined && amount !== undefined) return { amount: ['Give either prices or a single amount.'] };
  if (amount === undefined && currency !== undefined) return { currency: ['A currency belongs to a single amount.'] };
  if (namesCurrencyTwice(after.prices)) {
    return { prices: ['Give each currency only once.'] };
  }
  if (after.isPublic && after.prices.length > 0) return { is_public: ['A free tier has no prices.'] };
  if (!after.isPublic && after.prices.length === 0) return { prices: ['A tier that is not free needs a price.'] };
  return {};
}

/** Orders tiers from the cheapest: by the price at home, or the lowest number behind all of those. */
export function priceRank({ prices }: Pricing): number {
  const home = prices.find(({ currency }) => currency === HOME);
  if (home !== undefined) return home.amount;
  return prices.length === 0 ? 0 : ABROAD + Math.min(...prices.map(({ amount }) => amount));
}

/** From all versions that a tier ever had to the prices that it shall have: what stays as it is keeps its version. */
export function priceSteps(known: readonly PriceVersion[], wanted: readonly Price[]): PriceSteps {
  const current = known.filter(({ isCurrent }) => isCurrent);
  const holds = (price: Price) => (other: Price) => other.currency === price.currency && other.amount === price.amount;
  const versionOf = (currency: Currency): number =>
    Math.max(0, ...known.filter((one) => one.currency === currency).map(({ version }) => version));
  return {
    replaced: current.filter((one) => !wanted.some(holds(one))).map(({ id }) => id),
    added: wanted
      .filter((one) => !current.some(holds(one)))
      .map(({ currency, amount }) => ({ currency, amount, version: versionOf(currency) + 1 })),
  };
}
