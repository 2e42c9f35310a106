import type { Provider, Type } from '@nestjs/common';
import { LedgerJob } from './ledger.job';
import { LedgerReportRepository } from './ledger-report.repository';
import { LedgerReportService } from './ledger-report.service';
import { LedgerRepository } from './ledger.repository';
import { LedgerService } from './ledger.service';
import { LedgerBalance } from './ledger-balance.entity';
import { LedgerEntry } from './ledger-entry.entity';
import { LedgerTransaction } from './ledger-transaction.entity';

/** The part of PaymentModule for the ledger. */
export const LEDGER = {
  entities: [LedgerTransaction, LedgerEntry, LedgerBalance],
  controllers: [] as Type[],
  providers: [LedgerRepository, LedgerService, LedgerJob, LedgerReportRepository, LedgerReportService] as Provider[],
};
