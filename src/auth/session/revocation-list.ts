import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { Settings } from '../../infra/config/settings';
import type { SessionEnd } from './auth-session.entity';

/** An instance whose clock runs behind may honour a token somewhat longer than its lifetime. */
const SKEW_MS = 60_000;

/**
 * The sessions that ended so lately that access tokens of theirs may still be around. Asked at every request, without a
 * query; fed at once by what ends here, and by RevocationFeed with what ended on other instances.
 */
@Injectable()
export class RevocationList {
  private readonly ended = new Map<number, { why: SessionEnd; until: number }>();
  private readonly keepMs: number;

  constructor(
    private readonly clock: Clock,
    settings: Settings,
  ) {
    this.keepMs = settings.accessTokenTtlSeconds * 1000 + SKEW_MS;
  }

  /** Why the session ended, or undefined while nothing speaks against it. */
  endOf(sessionId: number): SessionEnd | undefined {
    return this.ended.get(sessionId)?.why;
  }

  add(sessionId: number, why: SessionEnd, endedAt: Date): void {
    this.ended.set(sessionId, { why, until: endedAt.getTime() + this.keepMs });
  }

  /** What ended before this has no living access token any more. */
  horizon(): Date {
    return new Date(this.clock.now().getTime() - this.keepMs);
  }

  /** Forgets sessions whose access tokens have all run out. */
  prune(): void {
    const now = this.clock.now().getTime();
    for (const [sessionId, { until }] of this.ended) if (until < now) this.ended.delete(sessionId);
  }

  get size(): number {
    return this.ended.size;
  }
}
