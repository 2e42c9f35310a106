import type { DisputeStep } from '../ledger/ledger.rules';
import type { DisputeRow } from './dispute.repository';

type Disputed = Pick<DisputeRow, 'status' | 'amount' | 'amountDeducted'>;

export interface DisputeMove {
  readonly step: DisputeStep;
  /** Minor units, above zero. */
  readonly amount: number;
}

/** What the payee does not have because of it; minor units. A dispute that is lost stays withheld. */
export function withheld({ status, amount }: Disputed): number {
  return isHeld(status) ? amount : 0;
}

/** What is to be booked when a dispute comes to stand as `next`; `known` is undefined where we had not heard of it. */
export function disputeMoves(known: Disputed | undefined, next: Disputed): DisputeMove[] {
  return [
    ...between('hold', 'release', known === undefined ? 0 : withheld(known), withheld(next)),
    ...between('deduct', 'return', known === undefined ? 0 : deducted(known), deducted(next)),
  ];
}

function isHeld(status: DisputeRow['status']): boolean {
  switch (status) {
    case 'open':
    case 'under_review':
    case 'lost':
      return true;
    case 'won':
    case 'closed':
      return false;
  }
}

function deducted({ status, amountDeducted }: Disputed): number {
  return isHeld(status) ? amountDeducted : 0;
}

function between(up: DisputeStep, down: DisputeStep, before: number, after: number): DisputeMove[] {
  if (before === after) return [];
  return [{ step: after > before ? up : down, amount: Math.abs(after - before) }];
}
