import type { Dispute, Invoice, Order, Payment, Plan, ReconLine, Refund, Settlement, Subscription } from './entities';
import type { Row, Store } from './store';

/** Minor units of one currency. `fee` includes `tax`. */
export interface Sums {
  captured: number;
  refunded: number;
  fee: number;
  tax: number;
  /** Held back or lost in disputes. */
  disputed: number;
  settled: number;
  /** What is left at Razorpay: captured, less everything else but the tax. */
  balance: number;
}

/** Everything as it is, oldest first, to compare a client's books with. */
export interface Truth {
  readonly now: number;
  readonly plans: readonly Plan[];
  readonly orders: readonly Order[];
  readonly payments: readonly Payment[];
  readonly refunds: readonly Refund[];
  readonly subscriptions: readonly Subscription[];
  readonly invoices: readonly Invoice[];
  readonly disputes: readonly Dispute[];
  readonly settlements: readonly Settlement[];
  readonly recon: readonly ReconLine[];
  readonly sums: Readonly<Record<string, Sums>>;
}

export function truthOf(store: Store, now: number): Truth {
  const tables = {
    plans: wires(store.plans.all()),
    orders: wires(store.orders.all()),
    payments: wires(store.payments.all()),
    refunds: wires(store.refunds.all()),
    subscriptions: wires(store.subscriptions.all()),
    invoices: wires(store.invoices.all()),
    disputes: wires(store.disputes.all()),
    settlements: wires(store.settlements.all()),
    recon: store.recon,
  };
  return structuredClone({ now, ...tables, sums: sumsOf(tables) });
}

type Money = Pick<Truth, 'payments' | 'refunds' | 'disputes' | 'recon'>;

function sumsOf({ payments, refunds, disputes, recon }: Money): Record<string, Sums> {
  const result: Record<string, Sums> = {};
  const of = (currency: string): Sums => (result[currency] ??= nothing());
  const captured = new Set<string>();
  for (const { id, currency, captured: isCaptured, amount, fee, tax } of payments) {
    if (!isCaptured) continue;
    captured.add(id);
    add(of(currency), { captured: amount, fee: fee ?? 0, tax: tax ?? 0, balance: amount - (fee ?? 0) });
  }
  for (const { currency, payment_id: payment, status, amount } of refunds) {
    if (status === 'processed' && captured.has(payment)) add(of(currency), { refunded: amount, balance: -amount });
  }
  for (const { currency, amount_deducted: amount } of disputes) {
    add(of(currency), { disputed: amount, balance: -amount });
  }
  for (const { currency, credit, debit } of recon) {
    add(of(currency), { settled: credit - debit, balance: debit - credit });
  }
  return result;
}

function nothing(): Sums {
  return { captured: 0, refunded: 0, fee: 0, tax: 0, disputed: 0, settled: 0, balance: 0 };
}

function add(sums: Sums, change: Partial<Sums>): void {
  for (const [name, amount] of Object.entries(change)) sums[name as keyof Sums] += amount;
}

function wires<W extends { readonly id: string; readonly created_at: number }>(rows: readonly Row<W>[]): W[] {
  return rows.map(({ wire }) => wire);
}
