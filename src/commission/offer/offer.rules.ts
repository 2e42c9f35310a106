import type { FieldErrors } from '../../common/domain-error';
import { type Currency, HOME_CURRENCY, namesCurrencyTwice, type Price } from '../../common/price';

/** A way in which the work comes to its buyer. */
export interface DeliveryMode {
  readonly id: number;
  readonly name: string;
}

/** As a creator names one: without an id it gets the next. */
export interface DeliveryModeInput {
  readonly id?: number;
  readonly name: string;
}

export interface Slots {
  /** Null = any number. */
  readonly slots: number | null;
  readonly taken: number;
}

/** How many orders can be placed at once; null = any number. */
export function openSlots({ slots, taken }: Slots): number | null {
  return slots === null ? null : Math.max(0, slots - taken);
}

export function hasRoom(offer: Slots): boolean {
  return openSlots(offer) !== 0;
}

/** Ids that are given stay: orders were placed by them. */
export function deliveryModes(inputs: readonly DeliveryModeInput[]): DeliveryMode[] {
  let last = Math.max(0, ...inputs.map(({ id }) => id ?? 0));
  return inputs.map(({ id, name }) => ({ id: id ?? ++last, name }));
}

export interface OfferInput {
  readonly prices?: readonly Price[];
  readonly delivery_modes?: readonly DeliveryModeInput[];
  readonly slots?: number | null;
}

/** What can't be: all of it. `taken`: slots that orders hold now. */
export function offerFaults(
  { prices, delivery_modes: modes = [], slots = null }: OfferInput,
  taken: number,
): FieldErrors {
  const ids = modes.flatMap(({ id }) => id ?? []);
  return {
    ...(prices !== undefined && namesCurrencyTwice(prices) && { prices: ['Give each currency only once.'] }),
    ...(new Set(ids).size < ids.length && { delivery_modes: ['Give each id only once.'] }),
    ...(slots !== null && slots < taken && { slots: [`${taken} orders hold a slot now.`] }),
  };
}

/** What somebody pays: in the currency that is asked for, else at home, else the first. */
export function priceIn(prices: readonly Price[], currency: Currency | undefined): Price | undefined {
  if (currency !== undefined) return prices.find((price) => price.currency === currency);
  return prices.find((price) => price.currency === HOME_CURRENCY) ?? prices[0];
}

/** By its id, or by its name, as old pages send either. */
export function modeNamed(modes: readonly DeliveryMode[], text: string): DeliveryMode | undefined {
  return modes.find(({ id }) => String(id) === text) ?? modes.find(({ name }) => name === text);
}
