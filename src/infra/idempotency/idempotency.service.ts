import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { randomToken } from '../crypto/digest';
import { idempotencyKeyInUse, idempotencyKeyReused } from './idempotency.errors';
import { type Claim, IdempotencyRepository, type KnownKey, type NewClaim } from './idempotency.repository';
import { type KeyedCall, scopeOf } from './idempotency.rules';
import type { StoredAnswer } from './stored-answer';

export type Held =
  | { readonly claim: Claim; readonly answer?: undefined }
  | { readonly claim?: undefined; readonly answer: StoredAnswer };

const KEPT_MS = 24 * 3_600_000;
/** A running request renews it; what was killed in flight blocks its key for so long. */
export const LEASE_MS = 30_000;
const RENEW_MS = LEASE_MS / 3;
/** Five minutes: what has not answered by then never will. */
const MOST_RENEWALS = 30;
/** Between two looks a row may go, or be taken: of so many looks one finds it standing still. */
const MOST_LOOKS = 5;

/** Who works on a request that may come again, and what it was answered. */
@Injectable()
export class IdempotencyService {
  private readonly logger = new Logger(IdempotencyService.name);

  constructor(
    private readonly keys: IdempotencyRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * The claim for the first of equal requests, for the others its answer. Throws 409 while the first is under way, and
   * 422 where it was another request.
   */
  async claim(call: KeyedCall): Promise<Held> {
    const scope = scopeOf(call);
    for (let look = 1; look <= MOST_LOOKS; look++) {
      const now = this.clock.now();
      const claim = this.newClaim(scope, call.fingerprint, now);
      if (await this.keys.add(claim)) return { claim };
      const known = await this.keys.find(scope);
      if (known === undefined) continue;
      const answer = isOver(known.expiresAt, now) ? undefined : answerFor(call, known, now);
      if (answer !== undefined) return { answer };
      if (await this.keys.takeOver(known, claim, now)) return { claim };
    }
    throw idempotencyKeyInUse();
  }

  /** Keeps the lease of a running request alive; gives how to stop that. */
  keepAlive(claim: Claim): () => void {
    let left = MOST_RENEWALS;
    const timer = setInterval(() => {
      if (left-- > 0) void this.attempt('renewed', this.renew(claim));
      else clearInterval(timer);
    }, RENEW_MS).unref();
    return () => clearInterval(timer);
  }

  async renew(claim: Claim): Promise<void> {
    await this.keys.renew(claim, new Date(this.clock.now().getTime() + LEASE_MS));
  }

  /** Never throws: what was done is done, and its answer matters more than the record of it. */
  finish(claim: Claim, answer: StoredAnswer): Promise<void> {
    return this.attempt('stored', this.keys.finish(claim, answer));
  }

  /** As if the key had never been sent. Never throws. */
  release(claim: Claim): Promise<void> {
    return this.attempt('released', this.keys.release(claim));
  }

  private newClaim(scope: string, fingerprint: string, now: Date): NewClaim {
    const later = (milliseconds: number): Date => new Date(now.getTime() + milliseconds);
    return { scope, claim: randomToken(16), fingerprint, leasedUntil: later(LEASE_MS), expiresAt: later(KEPT_MS) };
  }

  private async attempt(what: string, work: Promise<void>): Promise<void> {
    try {
      await work;
    } catch (error) {
      this.logger.error(`an idempotency key could not be ${what}`, error);
    }
  }
}

/** Undefined where the request that had the key is gone without an answer. */
function answerFor({ fingerprint }: KeyedCall, known: KnownKey, now: Date): StoredAnswer | undefined {
  if (known.fingerprint !== fingerprint) throw idempotencyKeyReused();
  if (known.answer === undefined && !isOver(known.leasedUntil, now)) throw idempotencyKeyInUse();
  return known.answer;
}

function isOver(end: Date, now: Date): boolean {
  return end.getTime() <= now.getTime();
}
