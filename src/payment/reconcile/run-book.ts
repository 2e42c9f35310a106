import { Logger } from '@nestjs/common';
import type { UnitOfWork } from '../../infra/database/unit-of-work';
import { rehearsed } from '../apply/rehearsal';
import type { DriftClass } from './drift-classes';
import { counted, type Drift, driftOf, sumOf, type Tally, tallyOf } from './drift.rules';
import { faultOfItem, RunLost, RunStopped } from './run.rules';
import type { Progress, RunRecord, RunRepository } from './run.repository';
import type { Window } from './window.rules';

/** Of names that are remembered. */
const MOST_NAMED = 100_000;

/**
 * What a run finds, does and counts. A cure is counted in its own transaction, and what is only reported with the page on
 * which it stands: after a crash nothing is counted twice, and nothing is forgotten.
 */
export class RunBook {
  readonly window: Window;
  readonly dryRun: boolean;
  readonly startedAt: Date;
  /** Where it goes on. A dry run, which remembers what it has counted, begins anew. */
  readonly progress: Progress | null;
  private readonly logger = new Logger(RunBook.name);
  /** As stored. */
  private kept: Tally;
  /** Since then. */
  private noted: Tally = {};
  private seen: number;
  private readonly named = new Set<string>();

  constructor(
    private readonly run: RunRecord,
    private readonly runs: RunRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly isStopped: () => boolean,
  ) {
    this.window = { from: run.fromAt, to: run.toAt };
    this.dryRun = run.dryRun;
    this.startedAt = run.startedAt ?? run.createdAt;
    this.kept = tallyOf(run.dryRun ? [] : run.drift);
    this.progress = run.dryRun ? null : run.progress;
    this.seen = this.progress?.examined ?? 0;
  }

  get drift(): Drift[] {
    return driftOf(sumOf(this.kept, this.noted));
  }

  /** Something differs; `what` names it, and is counted once. */
  note(name: DriftClass, what: string, isCured = false): void {
    if (this.isRepeated(`${name} ${what}`)) return;
    this.noted = counted(this.noted, name, isCured);
    if (!isCured) this.logger.warn(`Run ${this.run.id}: ${name}: ${what}`);
  }

  /** Compares one thing: one that can't be read or applied is counted, and does not stop the others. */
  async attend(what: string, compare: () => Promise<void>): Promise<void> {
    if (this.isStopped()) throw new RunStopped();
    this.seen += 1;
    try {
      await compare();
    } catch (error) {
      const fault = faultOfItem(error);
      if (fault === undefined) throw error;
      this.note(fault, `${what}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  /**
   * Does `apply` in one transaction, which says how what it changed had differed, and counts that in the same; undefined:
   * nothing did. A dry run counts it once, and does nothing. Gives whether anything differed.
   */
  async cure(what: string, apply: () => Promise<DriftClass | undefined>): Promise<boolean> {
    if (this.dryRun) {
      const name = await rehearsed(this.unitOfWork, apply);
      if (name !== undefined && !this.isRepeated(what)) this.noted = counted(this.noted, name, false);
      return name !== undefined;
    }
    const cured = await this.unitOfWork.run(async () => {
      const name = await apply();
      if (name === undefined) return undefined;
      const tally = counted(this.kept, name, true);
      await this.hold();
      await this.runs.keep(this.run.id, driftOf(tally));
      return tally;
    });
    if (cured !== undefined) this.kept = cured;
    return cured !== undefined;
  }

  /** A part is done. */
  async turn(stage: string, cursor: unknown): Promise<void> {
    const tally = sumOf(this.kept, this.noted);
    const progress: Progress = { stage, cursor, examined: this.seen };
    await this.unitOfWork.run(async () => {
      await this.hold();
      await this.runs.turn(this.run.id, driftOf(tally), progress);
    });
    [this.kept, this.noted] = [tally, {}];
  }

  /** What stays as it is comes up again, wherever something hangs on it. */
  private isRepeated(what: string): boolean {
    if (this.named.has(what)) return true;
    if (this.named.size < MOST_NAMED) this.named.add(what);
    return false;
  }

  private async hold(): Promise<void> {
    if (!(await this.runs.hold(this.run))) throw new RunLost('Another process has this run');
  }
}
