import type { Price } from '../../common/price';
import { NO_PRICING, priceRank, priceSteps, pricingAfter, pricingFaults } from './tier.rules';

const inr = (amount: number): Price => ({ currency: 'INR', amount });
const usd = (amount: number): Price => ({ currency: 'USD', amount });
const eur = (amount: number): Price => ({ currency: 'EUR', amount });
const paid = (...prices: Price[]) => ({ isPublic: false, prices });
const FREE = { isPublic: true, prices: [] };

it.each([
  ['a list, in order', NO_PRICING, { prices: [usd(500), eur(400), inr(100)] }, paid(inr(100), eur(400), usd(500))],
  ['a single amount, at home', NO_PRICING, { amount: 100 }, paid(inr(100))],
  ['a single amount elsewhere', NO_PRICING, { amount: 100, currency: 'USD' }, paid(usd(100))],
  ['a free one', NO_PRICING, { is_public: true }, FREE],
  ['a list in place of all', paid(inr(100), usd(500)), { prices: [eur(400)] }, paid(eur(400))],
  ['a single amount beside the others', paid(inr(100), usd(500)), { amount: 200 }, paid(inr(200), usd(500))],
  ['nothing said', paid(inr(100)), {}, paid(inr(100))],
  ['paid becomes free', paid(inr(100), usd(500)), { is_public: true }, FREE],
  ['free becomes paid', FREE, { is_public: false, amount: 100 }, paid(inr(100))],
  ['free stays free', FREE, { is_public: true, prices: [] }, FREE],
] as const)('%s', (_, before, input, after) => {
  expect(pricingAfter(before, input)).toEqual(after);
  expect(pricingFaults(input, pricingAfter(before, input))).toEqual({});
});

it.each([
  ['both', NO_PRICING, { prices: [inr(100)], amount: 100 }, 'amount'],
  ['a currency of nothing', NO_PRICING, { prices: [inr(100)], currency: 'USD' }, 'currency'],
  ['twice', NO_PRICING, { prices: [inr(100), inr(200)] }, 'prices'],
  ['neither paid nor free', NO_PRICING, {}, 'prices'],
  ['no price left', paid(inr(100)), { prices: [] }, 'prices'],
  ['free and paid', NO_PRICING, { is_public: true, prices: [inr(100)] }, 'is_public'],
  ['free and a single amount', NO_PRICING, { is_public: true, amount: 100 }, 'is_public'],
  ['free with a price later', FREE, { amount: 100 }, 'is_public'],
  ['free no longer, without a price', FREE, { is_public: false }, 'prices'],
] as const)('refuses %s', (_, before, input, field) => {
  expect(Object.keys(pricingFaults(input, pricingAfter(before, input)))).toEqual([field]);
});

it('ranks free, then by the price at home, then the rest', () => {
  const ranks = [FREE, paid(inr(100)), paid(inr(10_000_000_000), usd(100)), paid(usd(100), eur(200)), paid(eur(200))];
  expect(ranks.map(priceRank)).toEqual([0, 100, 10_000_000_000, 1_000_000_000_100, 1_000_000_000_200]);
});

describe('the steps from the versions known to the prices wanted', () => {
  const version = (id: number, price: Price, number: number, isCurrent: boolean) => ({
    ...price,
    id,
    version: number,
    isCurrent,
  });
  const known = [version(1, inr(100), 1, false), version(2, inr(200), 2, true), version(3, usd(500), 1, true)];

  it('touch only what changes', () => {
    expect(priceSteps(known, [inr(200), usd(600)])).toEqual({ replaced: [3], added: [{ ...usd(600), version: 2 }] });
  });

  it('are none where nothing changes', () => {
    expect(priceSteps(known, [inr(200), usd(500)])).toEqual({ replaced: [], added: [] });
  });

  it('make a new version of an old price', () => {
    expect(priceSteps(known, [inr(100)])).toEqual({ replaced: [2, 3], added: [{ ...inr(100), version: 3 }] });
  });
});
