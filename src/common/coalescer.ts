interface Waiting<T, R> {
  readonly item: T;
  readonly resolve: (result: R) => void;
  readonly reject: (reason: unknown) => void;
}

export interface Bounds {
  /** Batches under way at one time. */
  readonly batches: number;
  /** Items of a batch. */
  readonly items: number;
}

/**
 * Has items worked on in batches that nobody waits for: the first goes alone and at once, and what comes while enough
 * batches are under way goes together. `work` gives a result for each item, in their order.
 */
export class Coalescer<T, R> {
  private waiting: Waiting<T, R>[] = [];
  private underWay = 0;

  constructor(
    private readonly work: (items: readonly T[]) => Promise<readonly R[]>,
    private readonly bounds: Bounds,
  ) {}

  /** Where a batch fails, each of its items is tried by itself: nobody fails for another's sake. */
  add(item: T): Promise<R> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      this.next();
    });
  }

  private next(): void {
    if (this.underWay >= this.bounds.batches || this.waiting.length === 0) return;
    const batch = this.waiting.splice(0, this.bounds.items);
    this.underWay += 1;
    void this.run(batch).finally(() => {
      this.underWay -= 1;
      this.next();
    });
  }

  private async run(batch: readonly Waiting<T, R>[]): Promise<void> {
    try {
      const results = await this.work(batch.map(({ item }) => item));
      if (results.length !== batch.length) throw new RangeError('a batch needs a result for each of its items');
      batch.forEach(({ resolve }, index) => resolve(results[index] as R));
    } catch (error) {
      const [only, ...others] = batch;
      if (only !== undefined && others.length === 0) only.reject(error);
      else await Promise.all(batch.map((one) => this.run([one])));
    }
  }
}
