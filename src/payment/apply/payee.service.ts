import { Injectable } from '@nestjs/common';
import { Database, statement } from '../../infra/database/database';

// Held against closing the account until the transaction ends.
const CREATOR = statement('payee.creator', 'select is_creator as "isCreator" from account where id = $1 for key share');

/** Who may be paid. */
@Injectable()
export class PayeeService {
  constructor(private readonly database: Database) {}

  /** Whether the account is there, and a creator's; undefined where it is not. It stays until the transaction ends. */
  async holdCreator(accountId: number): Promise<boolean | undefined> {
    const account = await this.database.first<{ isCreator: boolean | number }>(CREATOR, [accountId]);
    return account && Boolean(account.isCreator);
  }
}
