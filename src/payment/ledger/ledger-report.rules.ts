import { dayOf, type LocalDay } from '../../common/local-day';
import type { Money } from '../../common/money';

/** What money came for. `other`: given by an administrator, or paid twice. */
export const SALES = ['subscription', 'one_time', 'tip', 'commission', 'other'] as const;
export type Sale = (typeof SALES)[number];

type Move = 'captured' | 'refunded' | 'disputed' | 'fees' | 'taxes' | 'settled';

/** How much of the entries' amounts; a creator's captures are credits. */
const SIGN: Readonly<Record<Move, 1 | -1>> = { captured: -1, refunded: 1, disputed: 1, fees: 1, taxes: 1, settled: 1 };

/** In minor units of one currency. */
export interface Sums {
  /** What came in for the creator, before anything was taken of it. */
  readonly captured: number;
  readonly refunded: number;
  /** Held back, or lost, in disputes; below zero where more was given back than taken. */
  readonly disputed: number;
  /** By how much the creator's balance has grown: captured, less refunded and disputed. The house bears the rest. */
  readonly net: number;
  /** Of the gateway, without the tax. */
  readonly fees: number;
  readonly taxes: number;
  /** What the gateway has paid out to the house of these captures and refunds, whenever it did. */
  readonly settled: number;
}

export type Reason = 'awaiting_settlement' | 'fees' | 'taxes' | 'disputed';

/** A part of what `net` is more than `settled`; below zero, less. */
export interface Difference {
  readonly reason: Reason;
  readonly amount: number;
}

export interface CurrencyReport extends Sums {
  readonly currency: string;
  /** What the house owes the creator now; below zero, the creator owes the house. */
  readonly balance: number;
  /** What payers say is the creator's, and nobody has given to anybody yet. */
  readonly parked: number;
  readonly kinds: readonly (Sums & { readonly kind: Sale })[];
  /** They add up to `net` less `settled`; those of zero are left out. */
  readonly differences: readonly Difference[];
}

export interface PayeeReport {
  readonly currencies: readonly CurrencyReport[];
  /** For each day the currencies that moved on it. */
  readonly days: readonly (readonly (Sums & { readonly currency: string })[])[];
}

export interface PaidReport {
  readonly currency: string;
  readonly paid: number;
  readonly refunded: number;
  readonly kinds: readonly { readonly kind: Sale; readonly paid: number; readonly refunded: number }[];
}

/** `amount` as booked. A balance and what is parked are of no day and no sale. */
export interface ReportRow extends Money {
  /** A quarter hour of its day, counted from 1970 in UTC. */
  readonly bucket: number | null;
  readonly sale: Sale | null;
  readonly what: Move | 'balance' | 'parked';
}

export interface PaidRow extends Money {
  readonly sale: Sale;
  readonly kind: 'capture' | 'refund';
}

/** Currencies stand by name, and are never added up. */
export function payeeReport(rows: readonly ReportRow[], days: readonly LocalDay[]): PayeeReport {
  const moves = rows.filter(isMove).filter(({ bucket }) => dayOf(days, bucket) >= 0);
  const byDay = groups(moves, ({ bucket }) => dayOf(days, bucket));
  return {
    currencies: byCurrency(rows).map(([currency, own]) => reportOf(currency, own, moves)),
    days: days.map((_, index) =>
      byCurrency(byDay.get(index) ?? []).map(([currency, own]) => ({ currency, ...sumsOf(own) })),
    ),
  };
}

export function paidReport(rows: readonly PaidRow[]): PaidReport[] {
  return byCurrency(rows).map(([currency, own]) => {
    const sales = groups(own, ({ sale }) => sale);
    const kinds = SALES.flatMap((kind) => (sales.has(kind) ? [{ kind, ...paidOf(sales.get(kind) ?? []) }] : []));
    return { currency, ...paidOf(own), kinds };
  });
}

type MoveRow = ReportRow & { readonly what: Move; readonly bucket: number };

function isMove(row: ReportRow): row is MoveRow {
  return row.bucket !== null;
}

function reportOf(currency: string, rows: readonly ReportRow[], allMoves: readonly MoveRow[]): CurrencyReport {
  const moves = allMoves.filter((move) => move.currency === currency);
  const sales = groups(moves, ({ sale }) => sale);
  const sums = sumsOf(moves);
  return {
    currency,
    balance: minus(totalOf(rows, 'balance')),
    parked: minus(totalOf(rows, 'parked')),
    ...sums,
    kinds: SALES.flatMap((kind) => (sales.has(kind) ? [{ kind, ...sumsOf(sales.get(kind) ?? []) }] : [])),
    differences: differencesOf(sums),
  };
}

function sumsOf(rows: readonly MoveRow[]): Sums {
  const sum = (move: Move): number => (SIGN[move] === 1 ? totalOf(rows, move) : minus(totalOf(rows, move)));
  const [captured, refunded, disputed] = [sum('captured'), sum('refunded'), sum('disputed')];
  const net = captured - refunded - disputed;
  return { captured, refunded, disputed, net, fees: sum('fees'), taxes: sum('taxes'), settled: sum('settled') };
}

/** What a dispute takes is settled apart: of captures, refunds and their fees, the rest is still with the gateway. */
function differencesOf({ captured, refunded, disputed, fees, taxes, settled }: Sums): Difference[] {
  const all: Difference[] = [
    { reason: 'awaiting_settlement', amount: captured - refunded - fees - taxes - settled },
    { reason: 'fees', amount: fees },
    { reason: 'taxes', amount: taxes },
    { reason: 'disputed', amount: minus(disputed) },
  ];
  return all.filter(({ amount }) => amount !== 0);
}

function paidOf(rows: readonly PaidRow[]): { paid: number; refunded: number } {
  const of = (kind: PaidRow['kind']): number =>
    rows.reduce((sum, row) => sum + (row.kind === kind ? row.amount : 0), 0);
  return { paid: minus(of('capture')), refunded: of('refund') };
}

function totalOf(rows: readonly ReportRow[], what: ReportRow['what']): number {
  return rows.reduce((sum, row) => sum + (row.what === what ? row.amount : 0), 0);
}

function byCurrency<T extends Money>(rows: readonly T[]): [string, T[]][] {
  return [...groups(rows, ({ currency }) => currency)].sort(([a], [b]) => (a < b ? -1 : 1));
}

function groups<K, T>(rows: readonly T[], keyOf: (row: T) => K): Map<K, T[]> {
  const found = new Map<K, T[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = found.get(key);
    if (group === undefined) found.set(key, [row]);
    else group.push(row);
  }
  return found;
}

/** Never -0, which is another number to who compares. */
function minus(amount: number): number {
  return 0 - amount;
}
