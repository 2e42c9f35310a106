import type { GatewayRefund, Notes } from '../gateway/payment-gateway';
import type { PaymentStatus } from '../payment/payment.state';

const KEY_NOTE = 'refund_key';

/** What the gateway keeps beside a refund of ours, so that we know it again whoever tells us of it. */
export function refundNotes(refundKey: string): Notes {
  return { [KEY_NOTE]: refundKey };
}

/** The key of a refund that we asked for; undefined where the gateway's dashboard did. */
export function refundKeyOf({ notes, receipt }: Pick<GatewayRefund, 'notes' | 'receipt'>): string | undefined {
  return notes[KEY_NOTE] ?? receipt ?? undefined;
}

interface Refundable {
  readonly amount: number;
  readonly refundedAmount: number;
  readonly status: PaymentStatus;
}

/** A captured payment of which `total`, in minor units, is known to have gone back. */
export function refundedBy<P extends Refundable>(payment: P, total: number): P {
  const refundedAmount = Math.max(payment.refundedAmount, total);
  return { ...payment, refundedAmount, status: refundedAmount >= payment.amount ? 'refunded' : payment.status };
}

export function totalOf(refunds: readonly { readonly amount: number }[]): number {
  return refunds.reduce((total, { amount }) => total + amount, 0);
}
