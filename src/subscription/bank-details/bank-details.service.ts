import { Injectable } from '@nestjs/common';
import { AccountService } from '../../auth/account/account.service';
import { Clock } from '../../common/clock';
import type { Principal } from '../../common/current-user';
import { forbidden, notFound } from '../../common/domain-error';
import { type Page, pageOf, type PageQuery, parsePage } from '../../common/page';
import { isUniqueViolation } from '../../infra/database/database-error';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import { TierRepository } from '../tier/tier.repository';
import { bankDetailsGiven, maskedNumber } from './bank-details.errors';
import { BankDetailsNotice } from './bank-details.notice';
import { type BankDetailsRecord, BankDetailsRepository } from './bank-details.repository';
import { changed, isMasked, masked } from './bank-details.rules';
import type { BankDetailsChangeRequest, BankDetailsRequest } from './dto/bank-details.request';

/** Where creators are paid to. */
@Injectable()
export class BankDetailsService {
  constructor(
    private readonly records: BankDetailsRepository,
    private readonly creators: TierRepository,
    private readonly accounts: AccountService,
    private readonly notice: BankDetailsNotice,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async create(accountId: number, { BankName, ...request }: BankDetailsRequest): Promise<BankDetailsRecord> {
    try {
      return await this.unitOfWork.run(async () => {
        if (!(await this.creators.holdCreator(accountId))) throw forbidden();
        const now = this.clock.now();
        const record = await this.records.add(accountId, { ...request, bankName: BankName }, now);
        await this.notice.tell(accountId, 'created', now);
        return record;
      });
    } catch (error) {
      throw isUniqueViolation(error, 'uq_bank_details_account') ? bankDetailsGiven() : error;
    }
  }

  /** One's own: at most one. Who has some is or was a creator; 403 for others. */
  async find(accountId: number, query: PageQuery, url: URL): Promise<Page<BankDetailsRecord>> {
    const page = parsePage(query);
    const record = await this.records.ofAccount(accountId);
    if (record !== undefined) return pageOf([record], 1, page, url);
    if (!(await this.accounts.findById(accountId))?.isCreator) throw forbidden();
    return pageOf([], 0, page, url);
  }

  async get(id: number, viewer: Principal): Promise<BankDetailsRecord> {
    return visible(await this.records.byId(id), viewer);
  }

  /** Absent fields stay as they are, and so does an account number in the form in which it is shown. */
  async change(
    id: number,
    viewer: Principal,
    { BankName, accountNumber, ...request }: BankDetailsChangeRequest,
  ): Promise<BankDetailsRecord> {
    return this.unitOfWork.run(async () => {
      const before = visible(await this.records.lock(id), viewer);
      const changes = { ...request, bankName: BankName, accountNumber: numberOf(accountNumber, before) };
      const bankAccount = changed(before.bankAccount, changes);
      if (bankAccount === undefined) return before;
      const now = this.clock.now();
      await this.records.change(before, bankAccount, now);
      await this.notice.tell(before.accountId, 'changed', now);
      return { ...before, bankAccount, updatedAt: now };
    });
  }

  async remove(id: number, viewer: Principal): Promise<void> {
    await this.unitOfWork.run(async () => {
      const { accountId } = visible(await this.records.lock(id), viewer);
      await this.records.remove(id);
      await this.notice.tell(accountId, 'deleted', this.clock.now());
    });
  }

  /** Of an account that is closed. Repeatable. */
  async removeOf(accountId: number): Promise<void> {
    await this.unitOfWork.run(async () => {
      if (await this.records.removeOf(accountId)) await this.notice.tell(accountId, 'deleted', this.clock.now());
    });
  }
}

/** To all but their owner and administrators they are not there. */
function visible(record: BankDetailsRecord | undefined, { accountId, roles }: Principal): BankDetailsRecord {
  if (record === undefined || (record.accountId !== accountId && !roles.includes('admin'))) throw notFound();
  return record;
}

function numberOf(given: string | undefined, { bankAccount }: BankDetailsRecord): string | undefined {
  if (given === undefined || !isMasked(given)) return given;
  if (given === masked(bankAccount.accountNumber)) return undefined;
  throw maskedNumber();
}
