import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import type { Money } from '../../common/money';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import {
  type BalanceChange,
  type Drift,
  type HouseSum,
  LedgerRepository,
  type NewTransaction,
} from './ledger.repository';
import { changesOf, type Entry, faultOf, HOUSE } from './ledger.rules';

export interface Booking extends NewTransaction {
  /** Up to 24 characters. */
  readonly kind: string;
  /** What happened, unique for all time, up to 80 characters: `capture:pay_x`. */
  readonly source: string;
  /** They sum to zero. */
  readonly entries: readonly Entry[];
}

export interface LedgerFaults {
  /** Ids of transactions whose entries don't sum to zero. */
  readonly unbalanced: number[];
  /** Balances that are not what their entries sum up to. */
  readonly drifted: Drift[];
}

/** The most faults of each kind that are told. */
const MOST_FAULTS = 100;

/** Double entry: money comes from somewhere and goes somewhere, and is counted once. Amounts are minor units. */
@Injectable()
export class LedgerService {
  constructor(
    private readonly ledger: LedgerRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * Joins the running unit of work, at whose end the balances follow. False: this source is booked already, by whomever,
   * and stays as it is. Throws where the entries are none or don't sum to zero.
   */
  book({ entries, ...transaction }: Booking): Promise<boolean> {
    return this.unitOfWork.run(async () => {
      const fault = faultOf(entries);
      if (fault !== undefined) throw new Error(`The booking of ${transaction.source} ${fault}`);
      const sums = await this.ledger.add(transaction, entries, this.clock.now());
      if (sums.length === 0) return false;
      if (sums.length !== 1 || sums[0]?.sum !== 0 || sums[0].entries !== entries.length) {
        throw new Error(`The entries of ${transaction.source} were not stored as they were booked`);
      }
      const { currency } = transaction;
      const changes = kept(entries).map((change) => ({ ...change, currency }));
      this.unitOfWork.gather(this, changes, (all) => this.ledger.changeBalances(together(all)));
      return true;
    });
  }

  /** Of the house's own accounts, summed up from all their entries: for a night, and for tests. */
  house(): Promise<HouseSum[]> {
    return this.ledger.houseSums();
  }

  /** What the house owes a creator, by currency; below zero where the creator owes the house. */
  balances(ownerId: number): Promise<Money[]> {
    return this.ledger.owedTo(ownerId);
  }

  /** Reads the whole ledger: for a night, and for tests. */
  async check(): Promise<LedgerFaults> {
    const [unbalanced, drifted] = await Promise.all([
      this.ledger.unbalanced(MOST_FAULTS),
      this.ledger.drifted(MOST_FAULTS),
    ]);
    return { unbalanced, drifted };
  }
}

/** One for each balance, in the one order in which everybody locks them. */
function together(changes: readonly BalanceChange[]): BalanceChange[] {
  const currencies = [...new Set(changes.map(({ currency }) => currency))].sort();
  return currencies.flatMap((currency) => {
    const those = changesOf(changes.filter((change) => change.currency === currency));
    return those.map((change) => ({ ...change, currency }));
  });
}

/** No balance is kept of the house's own accounts: every booking there is would wait for the same few rows. */
function kept(entries: readonly Entry[]): Entry[] {
  return changesOf(entries).filter(({ ownerId }) => ownerId !== HOUSE);
}
