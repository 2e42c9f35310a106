import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { AuthSessionRepository } from './auth-session.repository';

const EVERY_MS = 6 * 3_600_000;
const KEEP_MS = 30 * 86_400_000;
const BATCH = 1_000;

/** Deletes sessions a month after they ended. Until then they tell known devices, and why a session ended. */
@Injectable()
export class SessionSweeper implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(SessionSweeper.name);
  private timer: NodeJS.Timeout | undefined;
  private sweeping: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly sessions: AuthSessionRepository,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.sweeping = this.sweep().catch((error: unknown) => this.logger.error('Could not delete old sessions', error));
    }, EVERY_MS);
    this.timer.unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.sweeping;
  }

  async sweep(): Promise<number> {
    const limit = new Date(this.clock.now().getTime() - KEEP_MS);
    for (let swept = 0; ;) {
      const batch = await this.sessions.sweep(limit);
      swept += batch;
      if (batch < BATCH) return swept;
    }
  }
}
