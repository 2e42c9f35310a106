/**
 * - `gateway`: what the gateway holds for us; `bank`: what it has paid out
 * - `creator`: what the house owes its owner (a negative balance); `parked`: owed to somebody we don't know yet
 * - `gateway_fee`, `gateway_tax`: what the gateway kept, and the tax on it
 * - `dispute`: taken from a creator or from us while the payer's bank decides
 * - `adjustment`: what the gateway added or took without telling what for
 */
export const LEDGER_ACCOUNTS = [
  'gateway',
  'creator',
  'gateway_fee',
  'gateway_tax',
  'parked',
  'dispute',
  'bank',
  'adjustment',
] as const;
export type LedgerAccount = (typeof LEDGER_ACCOUNTS)[number];

/** The owner of what is nobody's in particular. */
export const HOUSE = 0;

/** One side of a booking. */
export interface Entry {
  readonly account: LedgerAccount;
  /** An account of a person, or HOUSE. */
  readonly ownerId: number;
  /** Minor units: debit above zero, credit below; never zero. */
  readonly amount: number;
}

/** Who gets the money; null = parked. */
export interface Payee {
  readonly payeeId: number | null;
}

/** Of the gateway, in minor units. `fee` includes `tax`. Whoever bears it is its owner: the house unless told otherwise. */
export interface Fee {
  readonly fee: number;
  readonly tax: number;
  readonly bornBy?: number;
}

// Every amount is in minor units. What would be booked with zero is left out, so that a list may come out empty.

/** Money has come in. `fee` is absent where it is not known yet: `feeEntries` books it later. */
export function captureEntries({ amount, payeeId, fee }: Payee & { amount: number; fee?: Fee }): Entry[] {
  return together([moved(amount, held(), owed(payeeId)), fee === undefined ? [] : feeEntries(fee)]);
}

/** The gateway has kept its share of what came in. */
export function feeEntries({ fee, tax, bornBy = HOUSE }: Fee): Entry[] {
  return together([
    moved(fee - tax, { account: 'gateway_fee', ownerId: bornBy }, held()),
    moved(tax, { account: 'gateway_tax', ownerId: bornBy }, held()),
  ]);
}

/** Money has gone back to the payer. */
export function refundEntries({ amount, payeeId }: Payee & { amount: number }): Entry[] {
  return together([moved(amount, owed(payeeId), held())]);
}

/**
 * - `hold`: the payee does not have the disputed amount for now; `release`: has it again
 * - `deduct`: the gateway has taken the amount from us; `return`: has given it back
 *
 * A dispute that is lost stays held and deducted.
 */
export type DisputeStep = 'hold' | 'release' | 'deduct' | 'return';

export function disputeEntries(step: DisputeStep, { amount, payeeId }: Payee & { amount: number }): Entry[] {
  const disputed: Side = { account: 'dispute', ownerId: HOUSE };
  switch (step) {
    case 'hold':
      return together([moved(amount, owed(payeeId), disputed)]);
    case 'release':
      return together([moved(amount, disputed, owed(payeeId))]);
    case 'deduct':
      return together([moved(amount, disputed, held())]);
    case 'return':
      return together([moved(amount, held(), disputed)]);
  }
}

/**
 * The gateway has paid `amount` out; below zero, it took that. `adjustments`: how much of it came from what it added
 * (below zero: took) without a payment or refund of ours.
 */
export function settlementEntries({ amount, adjustments = 0 }: { amount: number; adjustments?: number }): Entry[] {
  return together([
    moved(amount, { account: 'bank', ownerId: HOUSE }, held()),
    moved(adjustments, held(), { account: 'adjustment', ownerId: HOUSE }),
  ]);
}

/** Parked money has found its payee. */
export function assignEntries({ amount, payeeId }: { amount: number; payeeId: number }): Entry[] {
  return together([moved(amount, owed(null), owed(payeeId))]);
}

/** Why this can't be booked; undefined where it can. */
export function faultOf(entries: readonly Entry[]): string | undefined {
  if (entries.length === 0) return 'has no entries';
  if (!entries.every(({ amount }) => Number.isSafeInteger(amount))) return 'has an amount that is no safe integer';
  if (entries.some(({ amount }) => amount === 0)) return 'has an entry of zero';
  const sum = entries.reduce((total, { amount }) => total + BigInt(amount), 0n);
  return sum === 0n ? undefined : `does not sum to zero, but to ${sum}`;
}

/** In the one order in which all bookings lock balances; one for each account and owner. */
export function changesOf(entries: readonly Entry[]): Entry[] {
  const changes = new Map<string, Entry>();
  for (const entry of entries) {
    const key = `${entry.account}:${entry.ownerId}`;
    changes.set(key, { ...entry, amount: (changes.get(key)?.amount ?? 0) + entry.amount });
  }
  return [...changes.values()].sort(byPlace);
}

type Side = Pick<Entry, 'account' | 'ownerId'>;

function held(): Side {
  return { account: 'gateway', ownerId: HOUSE };
}

function owed(payeeId: number | null): Side {
  return payeeId === null ? { account: 'parked', ownerId: HOUSE } : { account: 'creator', ownerId: payeeId };
}

/** `amount` more to `debit`, as much less to `credit`. */
function moved(amount: number, debit: Side, credit: Side): Entry[] {
  if (!Number.isSafeInteger(amount)) throw new RangeError(`Not an amount in minor units: ${amount}`);
  return [
    { ...debit, amount },
    { ...credit, amount: -amount },
  ];
}

/** One entry for each account and owner. */
function together(moves: readonly Entry[][]): Entry[] {
  return changesOf(moves.flat()).filter(({ amount }) => amount !== 0);
}

function byPlace(a: Entry, b: Entry): number {
  if (a.account !== b.account) return a.account < b.account ? -1 : 1;
  return a.ownerId - b.ownerId;
}
