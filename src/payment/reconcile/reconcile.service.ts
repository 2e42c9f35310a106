import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { notFound } from '../../common/domain-error';
import { type Page, type PageQuery, pageOf, parsePage } from '../../common/page';
import { badWindow } from './reconcile.errors';
import { ReconcileWorker } from './reconcile.worker';
import { type NewRun, type RunRecord, RunRepository } from './run.repository';
import { faultOf, type Window, windowOf } from './window.rules';

export interface RunWanted extends Partial<Window> {
  readonly dryRun: boolean;
}

const MOST_TRIES = 5;

/** Comparisons with the gateway: who wants one, and what came of it. */
@Injectable()
export class ReconcileService {
  constructor(
    private readonly runs: RunRepository,
    private readonly worker: ReconcileWorker,
    private readonly clock: Clock,
  ) {}

  /**
   * Queues one; they run one after the other. What is asked for alike while it is open is the same run. 400 where the
   * window is none.
   */
  async request({ dryRun, ...asked }: RunWanted, requestedBy: number): Promise<RunRecord> {
    const now = this.clock.now();
    const window = windowOf(asked, now);
    const fault = faultOf(window, now);
    if (fault !== undefined) throw badWindow(fault);
    const run = await this.add({ ...window, dryRun, requestedBy, requestKey: keyOf({ dryRun, ...asked }) });
    this.worker.wake();
    return run;
  }

  /** Newest first. */
  async find(query: PageQuery, url: URL): Promise<Page<RunRecord>> {
    const page = parsePage(query);
    const [runs, count] = await this.runs.find(page);
    return pageOf(runs, count, page, url);
  }

  /** 404 for an unknown one. */
  async get(id: number): Promise<RunRecord> {
    const run = await this.runs.byId(id);
    if (run === undefined) throw notFound();
    return run;
  }

  /** The one that was open may end in between, and leave its key. */
  private async add(run: NewRun): Promise<RunRecord> {
    for (let attempt = 0; attempt < MOST_TRIES; attempt++) {
      const added = await this.runs.add(run, this.clock.now());
      if (added !== undefined) return added;
    }
    throw new Error('A run was not stored');
  }
}

function keyOf({ from, to, dryRun }: RunWanted): string {
  return `asked:${from?.getTime() ?? ''}:${to?.getTime() ?? ''}:${dryRun}`;
}
