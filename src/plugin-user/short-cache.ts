interface Entry<V> {
  /** When its loading began: it is as old as the question, not as the answer. */
  readonly askedAt: number;
  readonly value: Promise<V | undefined>;
}

/**
 * What is asked for at every request and changes once a month: from memory, never older than `maxAgeMs`. Askers that
 * come together share one load. What is not there is not remembered, so strangers can't fill the memory.
 */
export class ShortCache<K, V> {
  private readonly entries = new Map<K, Entry<V>>();

  constructor(
    private readonly maxAgeMs: number,
    private readonly now: () => number,
    private readonly load: (key: K) => Promise<V | undefined>,
  ) {}

  get(key: K): Promise<V | undefined> {
    const known = this.entries.get(key);
    return known !== undefined && this.isFresh(known) ? known.value : this.ask(key);
  }

  /** Also overtakes a load under way: its askers get it, nobody after them. */
  forget(key: K): void {
    this.entries.delete(key);
  }

  private ask(key: K): Promise<V | undefined> {
    const entry: Entry<V> = { askedAt: this.now(), value: this.load(key) };
    this.entries.set(key, entry);
    const drop = (): void => {
      if (this.entries.get(key) === entry) this.entries.delete(key);
    };
    entry.value.then((value) => {
      if (value === undefined) drop();
    }, drop);
    return entry.value;
  }

  private isFresh(entry: Entry<V>): boolean {
    const age = this.now() - entry.askedAt;
    // A clock that was set back must not make an entry live on.
    return age >= 0 && age < this.maxAgeMs;
  }
}
