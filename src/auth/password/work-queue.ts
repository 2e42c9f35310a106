import { DomainError } from '../../common/domain-error';

const BUSY_RETRY_SECONDS = 5;

/**
 * Runs at most `slots` works at once and lets at most `room` more wait; what comes beyond that is refused at once (503),
 * because a login that is answered after its caller gave up only keeps the next one waiting.
 */
export class WorkQueue {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(
    private readonly slots: number,
    private readonly room: number,
  ) {}

  get isIdle(): boolean {
    return this.running === 0;
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    await this.enter();
    try {
      return await work();
    } finally {
      this.leave();
    }
  }

  /** @throws DomainError `unavailable` where a work would find no room; sooner is cheaper than later */
  refuseIfFull(): void {
    if (this.waiting.length < this.room) return;
    throw new DomainError('unavailable', 'password-hashing-busy', 'Too many people are signing in just now.', {
      retryAfterSeconds: BUSY_RETRY_SECONDS,
    });
  }

  private async enter(): Promise<void> {
    if (this.running < this.slots) {
      this.running += 1;
      return;
    }
    this.refuseIfFull();
    await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  /** Hands the slot over without freeing it, so that a newcomer can't overtake whoever waits. */
  private leave(): void {
    const next = this.waiting.shift();
    if (next) next();
    else this.running -= 1;
  }
}
