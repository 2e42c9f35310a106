import { Injectable } from '@nestjs/common';
import { FieldCipher } from '../../infra/crypto/field-cipher';
import { Database, statement } from '../../infra/database/database';
import { BankDetails } from './bank-details.entity';
import type { BankAccount } from './bank-details.rules';

export interface BankDetailsRecord {
  readonly id: number;
  /** Whose. */
  readonly accountId: number;
  readonly bankAccount: BankAccount;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

const RECORD = `select id, account_id as "accountId", sealed, created_at as "createdAt", updated_at as "updatedAt"
  from bank_details`;
const BY_ID = statement('bank-details.by-id', `${RECORD} where id = $1`);
const LOCK = statement('bank-details.lock', `${RECORD} where id = $1 for update`);
const OF_ACCOUNT = statement('bank-details.of-account', `${RECORD} where account_id = $1`);
const REMOVE = statement('bank-details.remove', 'delete from bank_details where id = $1');
const REMOVE_OF = statement('bank-details.remove-of', 'delete from bank_details where account_id = $1');

@Injectable()
export class BankDetailsRepository {
  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
  ) {}

  async byId(id: number): Promise<BankDetailsRecord | undefined> {
    return this.opened(await this.database.first<BankDetails>(BY_ID, [id]));
  }

  /** Until the transaction ends nobody else changes it. */
  async lock(id: number): Promise<BankDetailsRecord | undefined> {
    return this.opened(await this.database.first<BankDetails>(LOCK, [id]));
  }

  async ofAccount(accountId: number): Promise<BankDetailsRecord | undefined> {
    return this.opened(await this.database.first<BankDetails>(OF_ACCOUNT, [accountId]));
  }

  /** Hits `uq_bank_details_account` where the account has some. */
  async add(accountId: number, bankAccount: BankAccount, now: Date): Promise<BankDetailsRecord> {
    const { manager } = this.database;
    const sealed = this.seal(accountId, bankAccount);
    const entity = manager.create(BankDetails, { accountId, sealed, createdAt: now, updatedAt: now });
    await manager.insert(BankDetails, entity);
    // TypeORM writes a bigint that the database counted into the entity as text.
    return { id: Number(entity.id), accountId, bankAccount, createdAt: now, updatedAt: now };
  }

  async change({ id, accountId }: BankDetailsRecord, bankAccount: BankAccount, now: Date): Promise<void> {
    const sealed = this.seal(accountId, bankAccount);
    await this.database.manager.update(BankDetails, { id }, { sealed, updatedAt: now });
  }

  async remove(id: number): Promise<void> {
    await this.database.execute(REMOVE, [id]);
  }

  /** False where there were none. */
  async removeOf(accountId: number): Promise<boolean> {
    return (await this.database.execute(REMOVE_OF, [accountId])).affected > 0;
  }

  private seal(accountId: number, bankAccount: BankAccount): string {
    return this.cipher.encrypt(JSON.stringify(bankAccount), contextOf(accountId));
  }

  private opened(row: BankDetails | undefined): BankDetailsRecord | undefined {
    if (row === undefined) return undefined;
    const { sealed, ...record } = row;
    return { ...record, bankAccount: JSON.parse(this.cipher.decrypt(sealed, contextOf(row.accountId))) as BankAccount };
  }
}

/** Moved to another account's row it can't be read, so nobody is paid by a swap in the table. */
const contextOf = (accountId: number): string => `bank_details:${accountId}`;
