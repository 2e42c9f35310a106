import type { GatewayReconLine } from '../gateway/payment-gateway';

/** A line that has been paid out. */
export interface SettledLine extends GatewayReconLine {
  readonly settlementId: string;
  readonly settledAt: Date;
}

/** Those that are settled, once each, by settlement and currency. */
export function bySettlement(lines: readonly GatewayReconLine[]): SettledLine[][] {
  const settlements = new Map<string, Map<string, SettledLine>>();
  for (const line of lines) {
    const { settled, settlementId, settledAt, currency, entityId } = line;
    if (!settled || settlementId === null || settledAt === null) continue;
    const key = `${settlementId}:${currency}`;
    const known = settlements.get(key) ?? new Map<string, SettledLine>();
    settlements.set(key, known.set(entityId, { ...line, settlementId, settledAt }));
  }
  return [...settlements.keys()].sort().map((key) => [...(settlements.get(key)?.values() ?? [])]);
}

/** What they bring, in minor units: credits without debits. */
export function netOf(lines: readonly Pick<GatewayReconLine, 'credit' | 'debit'>[]): number {
  return lines.reduce((sum, { credit, debit }) => sum + credit - debit, 0);
}

/**
 * Those of which nothing else is booked. Payments and refunds are booked as such, and so is what moves in a dispute,
 * whether we have heard of the dispute or will. `disputed`: the payments of ours, by the gateway's ids, that are or were.
 */
export function adjusted(lines: readonly SettledLine[], disputed: ReadonlySet<string>): SettledLine[] {
  return lines.filter(({ type, paymentId, disputeId }) => {
    if (type === 'payment' || type === 'refund' || disputeId !== null) return false;
    return paymentId === null || !disputed.has(paymentId);
  });
}
