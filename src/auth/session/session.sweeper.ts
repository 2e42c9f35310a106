import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { PeriodicJob } from '../../infra/periodic/periodic-job';
import { AuthSessionRepository } from './auth-session.repository';

const KEEP_MS = 30 * 86_400_000;
const BATCH = 1_000;

/** Deletes sessions a month after they ended. Until then they tell known devices, and why a session ended. */
@Injectable()
export class SessionSweeper extends PeriodicJob {
  protected readonly everyMs = 6 * 3_600_000;

  constructor(
    private readonly sessions: AuthSessionRepository,
    private readonly clock: Clock,
  ) {
    super();
  }

  /** Gives how many. */
  async run(): Promise<number> {
    const limit = new Date(this.clock.now().getTime() - KEEP_MS);
    for (let swept = 0; ;) {
      const batch = await this.sessions.sweep(limit);
      swept += batch;
      if (batch < BATCH) return swept;
    }
  }
}
