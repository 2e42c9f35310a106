import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { PeriodicJob } from '../../infra/periodic/periodic-job';
import { AuthSessionRepository } from './auth-session.repository';
import { RevocationList } from './revocation-list';

/** Reaches back over transactions that committed late, and over clocks that differ between instances. */
const OVERLAP_MS = 60_000;

/** Brings sessions that ended on other instances into this one's list, well within five seconds (C4). */
@Injectable()
export class RevocationFeed extends PeriodicJob implements OnModuleInit {
  protected readonly everyMs = 1_000;
  private lastRead: Date | undefined;

  constructor(
    private readonly sessions: AuthSessionRepository,
    private readonly list: RevocationList,
    private readonly clock: Clock,
  ) {
    super();
  }

  /** The list is complete before the first request is served. */
  async onModuleInit(): Promise<void> {
    await this.run();
  }

  /** Reads what ended since the last time that worked. */
  async run(): Promise<void> {
    const now = this.clock.now();
    const since = this.lastRead ? new Date(this.lastRead.getTime() - OVERLAP_MS) : this.list.horizon();
    for (const row of await this.sessions.endedSince(since)) this.list.add(row.id, row.end_reason, row.ended_at);
    this.lastRead = now;
    this.list.prune();
  }
}
