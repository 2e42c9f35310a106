import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { notFound } from '../../common/domain-error';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import { type BulkProgress, BulkRepository } from './bulk.repository';
import type { SentRow } from './bulk-rows.reader';
import { BulkWorker } from './bulk.worker';
import { csvLine } from './csv-line.rules';

const BATCH = 1_000;

/** Lists of people to enrol: taken at once, worked off behind the requests, with what failed as a file. */
@Injectable()
export class BulkService {
  constructor(
    private readonly bulks: BulkRepository,
    private readonly worker: BulkWorker,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async add(rows: readonly SentRow[], actorId: number): Promise<BulkProgress> {
    const id = await this.unitOfWork.run(() => this.bulks.add(rows, actorId, this.clock.now()));
    this.worker.wake();
    return this.get(id);
  }

  async get(id: number): Promise<BulkProgress> {
    const progress = await this.bulks.progress(id);
    if (progress === undefined) throw notFound();
    return progress;
  }

  /** Lines of CSV, the first of which names the columns; so far, while the list is being worked on. */
  async *failures(id: number): AsyncGenerator<string> {
    yield csvLine(['row', 'email', 'course_id', 'error']);
    for (let after = 0; ;) {
      const rows = await this.bulks.failures(id, after, BATCH);
      yield rows.map((row) => csvLine([String(row.position), row.email, row.courseId, row.error])).join('');
      const last = rows.at(-1);
      if (last === undefined || rows.length < BATCH) return;
      after = last.position;
    }
  }
}
