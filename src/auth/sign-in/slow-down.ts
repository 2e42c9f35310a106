import type { RateStore } from '../../infra/rate-limit/rate-store';
import { tooManyRequests } from '../../infra/rate-limit/too-many-requests';
import { delayAfter, type SlowDownPolicy } from './slow-down.rules';

/**
 * Attempts that come ever slower. Each is counted before it is tried, so that guesses sent together don't slip through:
 * beyond the free ones an attempt must be the first to take the key's gate, which then stays shut for the delay.
 */
export class SlowDown {
  constructor(
    private readonly store: RateStore,
    private readonly policy: SlowDownPolicy,
  ) {}

  /** @throws DomainError 429 while the gate is shut; counts nothing */
  async check(key: string): Promise<void> {
    const gate = await this.store.get(gateOf(key));
    if (gate) throw tooManyRequests(gate.resetMs);
  }

  /** Counts one attempt. @throws DomainError 429 where it must not be made now */
  async claim(key: string): Promise<void> {
    const before = await this.failures(key);
    const failures = before < this.policy.free ? await this.add(key) : before + 1;
    if (failures <= this.policy.free) return;
    const gate = await this.store.increment(gateOf(key), delayAfter(failures, this.policy));
    if (gate.count > 1) throw tooManyRequests(gate.resetMs);
    if (before >= this.policy.free) await this.add(key);
  }

  /** Failures so far; an attempt under way counts as one. */
  async failures(key: string): Promise<number> {
    const [attempts, credits] = await Promise.all([this.store.get(key), this.credits(key)]);
    return attempts === undefined ? 0 : attempts.count - credits;
  }

  /** Takes one attempt back, because it was no failure, and leaves those of others. */
  async credit(key: string): Promise<void> {
    await this.store.increment(creditsOf(key), this.policy.memoryMs);
  }

  async forget(key: string): Promise<void> {
    await Promise.all([key, gateOf(key), creditsOf(key)].map((name) => this.store.delete(name)));
  }

  private async add(key: string): Promise<number> {
    const { count } = await this.store.increment(key, this.policy.memoryMs);
    if (count > 1) return count - (await this.credits(key));
    // A new count owes nothing to the successes of the last one.
    await this.store.delete(creditsOf(key));
    return count;
  }

  private async credits(key: string): Promise<number> {
    return (await this.store.get(creditsOf(key)))?.count ?? 0;
  }
}

function gateOf(key: string): string {
  return `${key}:gate`;
}

function creditsOf(key: string): string {
  return `${key}:credits`;
}
