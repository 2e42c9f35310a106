import { type Counter, RateStore } from './rate-store';

interface Entry {
  count: number;
  endsAt: number;
}

const MAX_ENTRIES = 100_000;

/** In this process only. Of too many counters the oldest go first, so that no flood of keys fills the memory. */
export class MemoryRateStore extends RateStore {
  private readonly entries = new Map<string, Entry>();

  constructor(
    private readonly maxEntries = MAX_ENTRIES,
    private readonly now: () => number = () => performance.now(),
  ) {
    super();
  }

  get size(): number {
    return this.entries.size;
  }

  increment(key: string, ttlMs: number): Promise<Counter> {
    const entry = this.live(key) ?? this.put(key, 0, ttlMs);
    entry.count += 1;
    return Promise.resolve(this.counter(entry));
  }

  get(key: string): Promise<Counter | undefined> {
    const entry = this.live(key);
    return Promise.resolve(entry && this.counter(entry));
  }

  set(key: string, count: number, ttlMs: number): Promise<void> {
    this.put(key, count, ttlMs);
    return Promise.resolve();
  }

  delete(key: string): Promise<void> {
    this.entries.delete(key);
    return Promise.resolve();
  }

  private live(key: string): Entry | undefined {
    const entry = this.entries.get(key);
    return entry !== undefined && entry.endsAt > this.now() ? entry : undefined;
  }

  private put(key: string, count: number, ttlMs: number): Entry {
    this.entries.delete(key);
    if (this.entries.size >= this.maxEntries) this.makeRoom();
    const entry = { count, endsAt: this.now() + ttlMs };
    this.entries.set(key, entry);
    return entry;
  }

  /** A tenth at a time, so that a flood pays for the sweep seldom: what has ended, else the oldest. */
  private makeRoom(): void {
    const now = this.now();
    const wanted = Math.ceil(this.maxEntries / 10);
    for (const [key, entry] of this.entries) if (entry.endsAt <= now) this.entries.delete(key);
    let excess = this.entries.size - (this.maxEntries - wanted);
    for (const key of this.entries.keys()) {
      if (excess-- <= 0) break;
      this.entries.delete(key);
    }
  }

  private counter(entry: Entry): Counter {
    return { count: entry.count, resetMs: Math.max(0, Math.ceil(entry.endsAt - this.now())) };
  }
}
