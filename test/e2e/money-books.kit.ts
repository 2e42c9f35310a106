import { Database, statement } from '../../src/infra/database/database';
import { LedgerService } from '../../src/payment/ledger/ledger.service';
import type { Truth } from '../../src/payment/simulator/truth';
import type { TestApp } from '../setup/test-app';

/** `account:currency` to minor units, without zeros. What is owed to creators is one account. */
export type Books = Readonly<Record<string, number>>;

const ENTRIES = statement(
  'test.entries',
  `select t.source, e.account, e.currency, e.amount from ledger_entry e join ledger_transaction t on t.id = e.transaction_id`,
);
const HELD: ReadonlySet<string> = new Set(['open', 'under_review', 'lost']);

interface Line {
  readonly of: string;
  readonly name: string;
  readonly amount: number;
}

/** What is booked for each payment of the gateway, and for all settlements together as `settlements`. */
export async function bookedByPayment(app: TestApp, truth: Truth): Promise<Map<string, Books>> {
  const paymentOf = new Map(
    [...truth.refunds, ...truth.disputes].map(({ id, payment_id: payment }) => [id, payment] as const),
  );
  const rows = await app
    .get(Database)
    .rows<{ source: string; account: string; currency: string; amount: number }>(ENTRIES);
  return summed(
    rows.map(({ source, account, currency, amount }) => {
      const [kind, id = ''] = source.split(':');
      const of = kind === 'settlement' ? 'settlements' : (paymentOf.get(id) ?? id);
      return { of, name: `${account}:${currency}`, amount: Number(amount) };
    }),
  );
}

/** What should be booked: nothing else than what happened at the gateway. All of it is somebody's. */
export function truthByPayment({ payments, refunds, disputes, recon }: Truth): Map<string, Books> {
  const lines: Line[] = [];
  const book = (of: string, currency: string, ...sides: [string, number][]): void => {
    for (const [account, amount] of sides) lines.push({ of, name: `${account}:${currency}`, amount });
  };
  const captured = new Set<string>();
  for (const { id, currency, amount, captured: isCaptured, fee, tax } of payments) {
    if (!isCaptured) continue;
    captured.add(id);
    const [whole, part] = [fee ?? 0, tax ?? 0];
    book(id, currency, ['gateway', amount - whole], ['creator', -amount]);
    book(id, currency, ['gateway_fee', whole - part], ['gateway_tax', part]);
  }
  for (const { payment_id: of, currency, amount, status } of refunds) {
    if (status === 'processed' && captured.has(of)) book(of, currency, ['gateway', -amount], ['creator', amount]);
  }
  for (const { payment_id: of, currency, amount, amount_deducted: deducted, status } of disputes) {
    const held = HELD.has(status) ? amount : 0;
    book(of, currency, ['creator', held], ['dispute', deducted - held], ['gateway', -deducted]);
  }
  for (const { currency, credit, debit } of recon) {
    book('settlements', currency, ['bank', credit - debit], ['gateway', debit - credit]);
  }
  return summed(lines);
}

/** The ledger adds up, and holds what happened at the gateway: no more, no less. */
export async function expectTrueBooks(app: TestApp, truth: Truth): Promise<void> {
  expect(await app.get(LedgerService).check()).toEqual({ unbalanced: [], drifted: [] });
  expect(plain(await bookedByPayment(app, truth))).toEqual(plain(truthByPayment(truth)));
  for (const [currency, { balance, settled }] of Object.entries(truth.sums)) {
    const sums = await app.get(LedgerService).house();
    const sumOf = (account: string): number =>
      sums.find((sum) => sum.account === account && sum.currency === currency)?.amount ?? 0;
    expect({ balance: sumOf('gateway'), settled: sumOf('bank') }).toEqual({ balance, settled });
  }
}

/** Without zeros, in the order of their names. */
function summed(lines: readonly Line[]): Map<string, Books> {
  const books = new Map<string, Map<string, number>>();
  for (const { of, name, amount } of lines) {
    const sums = books.get(of) ?? new Map<string, number>();
    books.set(of, sums.set(name, (sums.get(name) ?? 0) + amount));
  }
  const entries = [...books].map(([of, sums]) => [of, [...sums].filter(([, sum]) => sum !== 0).sort()] as const);
  return new Map(entries.map(([of, sums]) => [of, Object.fromEntries(sums)]));
}

function plain(books: ReadonlyMap<string, Books>): Record<string, Books> {
  return Object.fromEntries([...books].filter(([, sums]) => Object.keys(sums).length > 0));
}
