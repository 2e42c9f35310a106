import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import { errorText, LEASE_MS, QueueWorker } from '../../infra/periodic/queue-worker';
import { uncured } from './drift.rules';
import { Reconciler } from './reconciler';
import { RunBook } from './run-book';
import { MOST_TRIES, pauseAfter, RunLost, RunStopped } from './run.rules';
import { type RunRecord, RunRepository } from './run.repository';

/** Runs what is queued, one run at a time on all instances together. */
@Injectable()
export class ReconcileWorker extends QueueWorker<RunRecord> {
  private isStopped = false;

  constructor(
    private readonly runs: RunRepository,
    private readonly reconciler: Reconciler,
    private readonly unitOfWork: UnitOfWork,
    clock: Clock,
  ) {
    super(clock);
  }

  /** A run takes longer than a shutdown may: it stops between two things, and goes on elsewhere. */
  override async beforeApplicationShutdown(): Promise<void> {
    this.isStopped = true;
    await super.beforeApplicationShutdown();
  }

  protected override get mostInFlight(): number {
    return 1;
  }

  protected async claim(): Promise<readonly RunRecord[]> {
    const run = await this.runs.claim(this.clock.now(), this.in(LEASE_MS));
    return run === undefined ? [] : [run];
  }

  protected extend(run: RunRecord): Promise<void> {
    return this.runs.extend(run, this.in(LEASE_MS));
  }

  protected async work(run: RunRecord): Promise<void> {
    try {
      // One that takes its process with it never gets to say that it failed.
      if (run.tries > MOST_TRIES) throw new Error('Its tries were begun and never ended');
      const book = new RunBook(run, this.runs, this.unitOfWork, () => this.isStopped);
      await this.reconciler.run(book);
      await this.runs.end(run, 'done', null, this.clock.now());
      this.report(run, book);
    } catch (error) {
      await this.interrupted(run, error);
    }
    this.wake();
  }

  private async interrupted(run: RunRecord, error: unknown): Promise<void> {
    if (error instanceof RunLost) return;
    if (error instanceof RunStopped) return this.runs.release(run, this.clock.now());
    const text = errorText(error);
    const { tries } = (await this.runs.byId(run.id)) ?? run;
    const pause = pauseAfter(error, Math.max(tries, 1));
    if (pause === undefined) {
      this.logger.error(`Run ${run.id} is given up: ${text}`);
      return this.runs.end(run, 'failed', text, this.clock.now());
    }
    this.logger.warn(`Run ${run.id} waits: ${text}`);
    return this.runs.wait(run, this.in(pause), text);
  }

  private report({ id, dryRun }: RunRecord, { drift }: RunBook): void {
    if (drift.length > 0) this.logger.log(`Run ${id}: ${JSON.stringify(drift)}`);
    const left = uncured(drift);
    if (left.length > 0 && !dryRun) this.logger.warn(`Run ${id} leaves for a person: ${JSON.stringify(left)}`);
  }
}
