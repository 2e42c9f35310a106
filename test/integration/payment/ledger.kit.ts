import { Clock } from '../../../src/common/clock';
import { Database } from '../../../src/infra/database/database';
import { UnitOfWork } from '../../../src/infra/database/unit-of-work';
import { LedgerRepository } from '../../../src/payment/ledger/ledger.repository';
import { LedgerService } from '../../../src/payment/ledger/ledger.service';
import type { TestApp } from '../../setup/test-app';

export function ledgerOf(app: TestApp): LedgerService {
  return new LedgerService(new LedgerRepository(app.get(Database)), app.get(UnitOfWork), app.get(Clock));
}
