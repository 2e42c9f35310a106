import { GatewayError } from './gateway-error';
import type { Listing, OddItem } from './payment-gateway';

type Read<T> = (answer: unknown) => T;

/** Reads a collection, each item of which must be readable. */
export function list<T>(itemOf: Read<T>): Read<T[]> {
  return (answer) => itemsOf(answer).map((item) => itemOf(item));
}

/** Reads the items of a collection that can be read, and tells what the others are. */
export function listing<T>(itemOf: Read<T>): Read<Listing<T>> {
  return (answer) => listingOf(itemsOf(answer), itemOf);
}

function listingOf<T>(items: readonly unknown[], itemOf: Read<T>): Listing<T> {
  const odd: OddItem[] = [];
  const read = items.flatMap((item) => {
    try {
      return [itemOf(item)];
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      odd.push({ id: nameOf(item), fault: error.message });
      return [];
    }
  });
  return { items: read, odd, size: items.length };
}

function itemsOf(value: unknown): unknown[] {
  const items: unknown = typeof value === 'object' && value !== null && 'items' in value ? value.items : undefined;
  if (!Array.isArray(items)) throw new GatewayError('malformed', 'An odd list from Razorpay');
  return items;
}

/** A line of a report names its entity. */
function nameOf(item: unknown): string | null {
  const { id, entity_id: entity }: { id?: unknown; entity_id?: unknown } =
    typeof item === 'object' && item !== null ? item : {};
  const name = id ?? entity;
  return typeof name === 'string' && /^\w{1,40}$/.test(name) ? name : null;
}
