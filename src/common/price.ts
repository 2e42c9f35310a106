/** What things may be sold for. */
export const CURRENCIES = ['INR', 'USD', 'EUR', 'GBP', 'AUD', 'CAD', 'SGD', 'AED'] as const;
export type Currency = (typeof CURRENCIES)[number];

/** In minor units, of every currency. */
export const LEAST_AMOUNT = 100;
export const MOST_AMOUNT = 10_000_000_000;

export const HOME_CURRENCY: Currency = 'INR';

export interface Price {
  readonly currency: Currency;
  /** In the currency's minor unit. */
  readonly amount: number;
}

/** As prices are stored and shown: the one at home first, then by currency. */
export function sortedPrices(prices: readonly Price[]): Price[] {
  const place = ({ currency }: Price): string => (currency === HOME_CURRENCY ? '' : currency);
  return prices
    .map(({ currency, amount }) => ({ currency, amount }))
    .sort((one, other) => (place(one) < place(other) ? -1 : 1));
}

export function namesCurrencyTwice(prices: readonly Price[]): boolean {
  return new Set(prices.map(({ currency }) => currency)).size < prices.length;
}
