import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { Settings } from '../../infra/config/settings';
import { PeriodicJob } from '../../infra/periodic/periodic-job';
import { RunRepository } from './run.repository';
import { ROUNDS, turnOf, windowOfRound } from './window.rules';

const MINUTE_MS = 60_000;
const KEPT_MS = 90 * 86_400_000;

/** Queues the comparisons of the schedule: each turn once, on whichever instance, and none while one is open. */
@Injectable()
export class ReconcileJob extends PeriodicJob {
  protected readonly everyMs = 5 * MINUTE_MS;

  constructor(
    private readonly runs: RunRepository,
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {
    super();
  }

  async run(): Promise<void> {
    const now = this.clock.now();
    await this.runs.purge(new Date(now.getTime() - KEPT_MS));
    if (this.settings.razorpay === undefined) return;
    for (const round of ROUNDS) {
      if (await this.runs.isScheduledOpen()) return;
      const turn = { requestKey: turnOf(round, now), dryRun: false, requestedBy: null };
      await this.runs.add({ ...windowOfRound(round, now), ...turn }, now);
    }
  }
}
