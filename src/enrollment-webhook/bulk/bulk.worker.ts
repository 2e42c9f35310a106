import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { errorText, LEASE_MS, QueueWorker } from '../../infra/periodic/queue-worker';
import { BulkRepository, type DueBulk, type WaitingRow } from './bulk.repository';
import { BulkRowService } from './bulk-row.service';

const BATCH = 100;

/** Works off lists row by row, one list at a time on each instance, so that requests have the database between them. */
@Injectable()
export class BulkWorker extends QueueWorker<DueBulk> {
  constructor(
    private readonly bulks: BulkRepository,
    private readonly rows: BulkRowService,
    clock: Clock,
  ) {
    super(clock);
  }

  protected override get mostInFlight(): number {
    return 1;
  }

  protected claim(limit: number): Promise<readonly DueBulk[]> {
    return this.bulks.claim(this.clock.now(), this.in(LEASE_MS), limit);
  }

  protected extend(job: DueBulk): Promise<void> {
    return this.bulks.extend(job, this.in(LEASE_MS));
  }

  protected async work(job: DueBulk): Promise<void> {
    for (;;) {
      const waiting = await this.bulks.waiting(job.id, BATCH);
      for (const row of waiting) {
        // The rest goes on on another instance, when the lease has run out.
        if (this.isStopping) return;
        await this.row(job, row);
      }
      if (waiting.length === 0) return this.bulks.finish(job, this.clock.now());
    }
  }

  /** A fault of ours costs one row, not the list; a database that is away costs neither: writing that fails, too. */
  private async row(job: DueBulk, row: WaitingRow): Promise<void> {
    try {
      await this.rows.work(job, row);
    } catch (error) {
      this.logger.error(`row ${row.position} of bulk enrolment ${job.id}: ${errorText(error)}`);
      await this.rows.fail(job, row, 'It could not be processed. Send it again.');
    }
  }
}
