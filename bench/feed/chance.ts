/** The same numbers in every run: mulberry32. */
export class Chance {
  constructor(private state: number) {}

  /** From 0 to below 1. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** A whole number from 0 to below `limit`. */
  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  pick<T>(items: readonly T[]): T {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  }
}

/** Ranks as real life deals them: the first few get most (Zipf, exponent 0.9). */
export class Popularity {
  private readonly reached: Float64Array;

  constructor(readonly count: number) {
    this.reached = new Float64Array(count);
    let sum = 0;
    for (let rank = 0; rank < count; rank += 1) {
      sum += this.weight(rank);
      this.reached[rank] = sum;
    }
  }

  weight(rank: number): number {
    return (rank + 1) ** -0.9;
  }

  /** A rank from 0. */
  draw(chance: Chance): number {
    const target = chance.next() * (this.reached[this.count - 1] ?? 0);
    let low = 0;
    let high = this.count - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.reached[middle] ?? 0) < target) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Whole numbers that share `total` in proportion to the weights, none above `most`. */
export function apportion(weights: Float64Array, total: number, most: number): Uint32Array {
  const sum = weights.reduce((all, weight) => all + weight, 0);
  const shares = new Uint32Array(weights.length);
  let owed = 0;
  weights.forEach((weight, index) => {
    owed += (weight / sum) * total;
    const share = Math.min(most, Math.floor(owed));
    shares[index] = share;
    owed -= share;
  });
  return shares;
}
