import { Injectable, Logger } from '@nestjs/common';
import { PeriodicJob } from '../../infra/periodic/periodic-job';
import { LedgerService } from './ledger.service';

const DAY_MS = 86_400_000;

/** Says aloud when the ledger does not add up. It mends nothing: a person has to know what happened. */
@Injectable()
export class LedgerJob extends PeriodicJob {
  // Several times a day, because a process may not live for a whole one.
  protected readonly everyMs = DAY_MS / 4;
  private readonly log = new Logger(LedgerJob.name);

  constructor(private readonly ledger: LedgerService) {
    super();
  }

  /** Whether it adds up. */
  async run(): Promise<boolean> {
    const { unbalanced, drifted } = await this.ledger.check();
    if (unbalanced.length === 0 && drifted.length === 0) return true;
    this.log.error(`The ledger does not add up: ${JSON.stringify({ unbalanced, drifted })}`);
    return false;
  }
}
