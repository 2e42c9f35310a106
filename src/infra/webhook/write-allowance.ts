/** A token bucket: `burst` at once, refilled at `perSecond`. */
export class WriteAllowance {
  private tokens: number;
  private filledAt: number | undefined;

  constructor(
    private readonly burst: number,
    private readonly perSecond: number,
  ) {
    this.tokens = burst;
  }

  /** Takes one where there is one. */
  take(now: Date): boolean {
    const elapsed = Math.max(0, now.getTime() - (this.filledAt ?? now.getTime()));
    this.filledAt = now.getTime();
    this.tokens = Math.min(this.burst, this.tokens + (elapsed / 1000) * this.perSecond);
    if (this.tokens < 1) return false;
    this.tokens--;
    return true;
  }
}
