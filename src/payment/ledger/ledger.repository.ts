import { Injectable } from '@nestjs/common';
import type { Money } from '../../common/money';
import { Database, statement } from '../../infra/database/database';
import type { Entry, LedgerAccount } from './ledger.rules';

export interface NewTransaction {
  readonly kind: string;
  readonly source: string;
  readonly currency: string;
  readonly occurredAt: Date;
  /** What it is of, and whose that is now; absent where it is of no payment, as a settlement is. */
  readonly payment?: BookedPayment;
}

export interface BookedPayment {
  readonly id: number;
  /** Null = parked. */
  readonly payeeId: number | null;
}

export interface BalanceChange extends Entry {
  readonly currency: string;
}

/** Of entries in the ledger. */
export interface StoredSum {
  readonly currency: string;
  readonly sum: number;
  readonly entries: number;
}

export interface HouseSum extends Money {
  readonly account: LedgerAccount;
}

/** A balance that is not the sum of its entries; minor units. */
export interface Drift {
  readonly account: LedgerAccount;
  readonly ownerId: number;
  readonly currency: string;
  readonly balance: number;
  readonly entries: number;
}

// Who comes second waits for the first to commit, and then finds its row.
const ADDED = `into ledger_transaction (kind, source, currency, occurred_at, created_at, payment_id, payee_id)
  values ($1, $2, $3, $4, $5, $6, $7)`;
const ADDED_ENTRY = 'insert into ledger_entry (transaction_id, account, owner_id, currency, amount)';
const ADD = statement(
  'ledger.add',
  `with added as (insert ${ADDED} on conflict (source) do nothing returning id),
        entry as (
          ${ADDED_ENTRY}
          select added.id, e.account, e.owner_id, $3, e.amount
            from added, unnest($8::varchar[], $9::bigint[], $10::bigint[]) as e(account, owner_id, amount)
          returning currency, amount)
   select currency, sum(amount) as sum, count(*) as entries from entry group by currency`,
  `insert ignore ${ADDED}`,
);

// On MySQL, which does the same in steps.
const ADD_ENTRY = statement('ledger.add-entry', `${ADDED_ENTRY} values ($1, $2, $3, $4, $5)`);

const CHANGE_BALANCE = statement(
  'ledger.change-balance',
  `insert into ledger_balance (account, owner_id, currency, balance) values ($1, $2, $3, $4)
   on conflict (account, owner_id, currency) do update set balance = ledger_balance.balance + excluded.balance`,
  `insert into ledger_balance (account, owner_id, currency, balance) values ($1, $2, $3, $4)
   on duplicate key update balance = balance + values(balance)`,
);

const SUMS = statement(
  'ledger.sums',
  `select currency, sum(amount) as sum, count(*) as entries from ledger_entry where transaction_id = $1
    group by currency`,
);

// By the primary key.
const OWED = statement(
  'ledger.owed',
  `select currency, -balance as amount from ledger_balance where account = 'creator' and owner_id = $1 order by currency`,
);

const UNBALANCED = statement(
  'ledger.unbalanced',
  `select t.id from ledger_transaction t left join ledger_entry e on e.transaction_id = t.id
    group by t.id, e.currency having coalesce(sum(e.amount), 1) <> 0 order by t.id limit $1`,
);

const HOUSE_SUMS = statement(
  'ledger.house-sums',
  `select account, currency, sum(amount) as amount from ledger_entry where owner_id = 0 group by account, currency
    order by account, currency`,
);

// In one statement: what is booked meanwhile is in both sums or in neither.
const DRIFTED = statement(
  'ledger.drifted',
  `select account, owner_id as "ownerId", currency, sum(kept) as balance, sum(booked) as entries
    from (
      select account, owner_id, currency, balance as kept, 0 as booked from ledger_balance
      union all
      select account, owner_id, currency, 0 as kept, amount as booked from ledger_entry
        where owner_id <> 0
    ) sides
    group by account, owner_id, currency having sum(kept) <> sum(booked)
    order by account, owner_id, currency limit $1`,
);

/** All that is booked is added; nothing is changed or deleted but the balances. */
@Injectable()
export class LedgerRepository {
  constructor(private readonly database: Database) {}

  /** What was stored of the entries, by currency: nothing where this source is booked already. */
  async add(transaction: NewTransaction, entries: readonly Entry[], now: Date): Promise<StoredSum[]> {
    const { kind, source, currency, occurredAt, payment } = transaction;
    const values = [kind, source, currency, occurredAt, now, payment?.id ?? null, payment?.payeeId ?? null];
    if (this.database.dialect === 'mysql') return this.addInSteps(values, entries, currency);
    const accounts = entries.map(({ account }) => account);
    const owners = entries.map(({ ownerId }) => ownerId);
    const amounts = entries.map(({ amount }) => amount);
    return sumsOf(await this.database.rows(ADD, [...values, accounts, owners, amounts]));
  }

  /** Locks the balances, in this order, until the transaction ends; no balance twice. */
  async changeBalances(changes: readonly BalanceChange[]): Promise<void> {
    // They travel together where the database allows it.
    await Promise.all(
      changes.map(({ account, ownerId, currency, amount }) =>
        this.database.execute(CHANGE_BALANCE, [account, ownerId, currency, amount]),
      ),
    );
  }

  owedTo(ownerId: number): Promise<Money[]> {
    return this.database.rows<Money>(OWED, [ownerId]);
  }

  async houseSums(): Promise<HouseSum[]> {
    const rows = await this.database.rows<HouseSum>(HOUSE_SUMS);
    return rows.map((row) => ({ ...row, amount: Number(row.amount) }));
  }

  /** Transactions whose entries don't sum to zero, or that have none. */
  async unbalanced(limit: number): Promise<number[]> {
    return (await this.database.rows<{ id: number }>(UNBALANCED, [limit])).map(({ id }) => id);
  }

  async drifted(limit: number): Promise<Drift[]> {
    const rows = await this.database.rows<Drift>(DRIFTED, [limit]);
    return rows.map((row) => ({ ...row, balance: Number(row.balance), entries: Number(row.entries) }));
  }

  private async addInSteps(
    transaction: readonly unknown[],
    entries: readonly Entry[],
    currency: string,
  ): Promise<StoredSum[]> {
    const { affected, insertId } = await this.database.execute(ADD, transaction);
    if (affected === 0) return [];
    for (const { account, ownerId, amount } of entries) {
      await this.database.execute(ADD_ENTRY, [insertId, account, ownerId, currency, amount]);
    }
    return sumsOf(await this.database.rows(SUMS, [insertId]));
  }
}

/** The driver gives sums as text. */
function sumsOf(rows: readonly Readonly<Record<keyof StoredSum, unknown>>[]): StoredSum[] {
  return rows.map(({ currency, sum, entries }) => ({
    currency: String(currency),
    sum: Number(sum),
    entries: Number(entries),
  }));
}
