import type { DueDelivery } from './delivery-queue.repository';

/** Deliveries that one hand processes, of one source. */
export interface DeliverySet {
  /** Of the first. */
  readonly id: number;
  readonly source: string;
  readonly deliveries: readonly DueDelivery[];
  /** Those that are not ended yet. */
  open: readonly DueDelivery[];
}

/** At most `most` sets for each source, of about the same size: few deliveries are done at once, many together. */
export function setsOf(due: readonly DueDelivery[], most: number): DeliverySet[] {
  const sources = [...new Set(due.map(({ source }) => source))];
  return sources.flatMap((source) => {
    const those = due.filter((delivery) => delivery.source === source);
    return chunksOf(those, Math.ceil(those.length / most)).map(([first, ...others]) => ({
      id: first.id,
      source,
      deliveries: [first, ...others],
      open: [first, ...others],
    }));
  });
}

function chunksOf<T>(items: readonly T[], size: number): [T, ...T[]][] {
  const chunks: [T, ...T[]][] = [];
  for (let start = 0; start < items.length; start += size) {
    chunks.push(items.slice(start, start + size) as [T, ...T[]]);
  }
  return chunks;
}
