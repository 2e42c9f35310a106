import { AsyncLocalStorage } from 'node:async_hooks';
import { Injectable } from '@nestjs/common';
import type { Transaction } from './transaction';

/** The transaction that the running asynchronous call belongs to. */
@Injectable()
export class CurrentTransaction {
  private readonly storage = new AsyncLocalStorage<Transaction>();

  get(): Transaction | undefined {
    const transaction = this.storage.getStore();
    transaction?.refuseAfterEnd();
    return transaction;
  }

  enter<T>(transaction: Transaction, work: () => Promise<T>): Promise<T> {
    return this.storage.run(transaction, work);
  }
}
