import { type BeforeApplicationShutdown, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { AuthSessionRepository } from './auth-session.repository';
import { RevocationList } from './revocation-list';

const EVERY_MS = 1_000;
/** Reaches back over transactions that committed late, and over clocks that differ between instances. */
const OVERLAP_MS = 60_000;

/** Brings sessions that ended on other instances into this one's list, well within five seconds (C4). */
@Injectable()
export class RevocationFeed implements OnModuleInit, BeforeApplicationShutdown {
  private readonly logger = new Logger(RevocationFeed.name);
  private timer: NodeJS.Timeout | undefined;
  private lastRead: Date | undefined;
  private stopped = false;
  private failing = false;
  private reading: Promise<void> = Promise.resolve();

  constructor(
    private readonly sessions: AuthSessionRepository,
    private readonly list: RevocationList,
    private readonly clock: Clock,
  ) {}

  /** The list is complete before the first request is served. */
  async onModuleInit(): Promise<void> {
    await this.read();
    this.schedule();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.reading;
  }

  /** Reads what ended since the last time that worked. */
  async read(): Promise<void> {
    const now = this.clock.now();
    const since = this.lastRead ? new Date(this.lastRead.getTime() - OVERLAP_MS) : this.list.horizon();
    for (const row of await this.sessions.endedSince(since)) this.list.add(row.id, row.end_reason, row.ended_at);
    this.lastRead = now;
    this.list.prune();
  }

  private schedule(): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => (this.reading = this.tick()), EVERY_MS);
    this.timer.unref();
  }

  private async tick(): Promise<void> {
    try {
      await this.read();
      this.failing = false;
    } catch (error) {
      if (!this.failing) this.logger.error('Could not read which sessions ended', error);
      this.failing = true;
    }
    this.schedule();
  }
}
