import { Injectable } from '@nestjs/common';
import type { LocalDay } from '../../common/local-day';
import { LedgerReportRepository } from './ledger-report.repository';
import { type PaidReport, paidReport, type PayeeReport, payeeReport } from './ledger-report.rules';

export { SALES } from './ledger-report.rules';

/** What the ledger says of people's money, in minor units and by currency. One query each. */
@Injectable()
export class LedgerReportService {
  constructor(private readonly reports: LedgerReportRepository) {}

  /** What came in for a creator on these days, one after the other up to now, and how they stand. */
  async ofPayee(payeeId: number, days: readonly LocalDay[]): Promise<PayeeReport> {
    return payeeReport(await this.reports.ofPayee(payeeId, days), days);
  }

  /** What a person has paid, to whomever, and got back of it. */
  async ofPayer(payerId: number): Promise<PaidReport[]> {
    return paidReport(await this.reports.ofPayer(payerId));
  }
}
