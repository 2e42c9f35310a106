import type { RefundStatus } from './refund.state';

interface Refunded {
  readonly gatewayId: string | null;
  readonly amount: number;
  readonly status: RefundStatus;
}

/** How much of a payment may still be asked back, in minor units: neither gone nor asked for. Never below zero. */
export function roomOf(
  { amount, refundedAmount }: { readonly amount: number; readonly refundedAmount: number },
  refunds: readonly Refunded[],
): number {
  const live = refunds.filter(({ status }) => status !== 'failed');
  const told = refunds.filter(({ gatewayId }) => gatewayId !== null);
  // The gateway's sum may be ahead of the refunds we have heard of, and the other way round. What we know of it only
  // grows, and may have counted what came to nothing later.
  const failed = sum(told.filter(({ status }) => status === 'failed'));
  const gone = Math.max(refundedAmount - failed, sum(told.filter(({ status }) => status !== 'failed')));
  return Math.max(0, amount - gone - sum(live.filter(({ gatewayId }) => gatewayId === null)));
}

function sum(refunds: readonly Refunded[]): number {
  return refunds.reduce((total, { amount }) => total + amount, 0);
}
