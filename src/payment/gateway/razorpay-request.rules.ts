import type { Orders } from 'razorpay/dist/types/orders';
import type { CaptureMode, GatewayOrder, GatewayPage, NewOrder, NewSubscription, Notes } from './payment-gateway';

type CaptureSettings = Orders.RazorpayCapturePayment;

/** As Razorpay wants it: the same key again is the same refund. */
export const REFUND_KEY = /^[A-Za-z0-9_-]{10,64}$/;

/** Of minutes. What nobody captured in time goes back to the payer. */
const AUTOMATIC_EXPIRY = 3 * 24 * 60;
const LATE_EXPIRY = 5 * 24 * 60;
/** No longer than Razorpay holds by itself, so that what we let go of is back with its payer soon. */
const MANUAL_EXPIRY = 3 * 24 * 60;

/** Of an order; it stands above what the account's own settings say. */
export function captureSettings(capture: CaptureMode): CaptureSettings {
  const speed = { refund_speed: 'normal' } as const;
  if (capture === 'automatic') {
    const periods = { automatic_expiry_period: AUTOMATIC_EXPIRY, manual_expiry_period: LATE_EXPIRY };
    return { capture, capture_options: { ...periods, ...speed } };
  }
  // The package's type forgets that nothing is automatic here.
  const held = { manual_expiry_period: MANUAL_EXPIRY, ...speed } as CaptureSettings['capture_options'];
  return { capture, capture_options: held };
}

function inSeconds(date: Date): number {
  return Math.floor(date.getTime() / 1000);
}

export function subscriptionBody(subscription: NewSubscription): {
  plan_id: string;
  total_count: number;
  start_at?: number;
  expire_by?: number;
  notes: Notes;
} {
  const { planId, totalCount, startAt, expireBy, notes } = subscription;
  return {
    plan_id: planId,
    total_count: totalCount,
    ...(startAt && { start_at: inSeconds(startAt) }),
    ...(expireBy && { expire_by: inSeconds(expireBy) }),
    notes,
  };
}

export function pageQuery({ from, to, count, skip }: GatewayPage): {
  from?: number;
  to?: number;
  count: number;
  skip: number;
} {
  return { ...(from && { from: inSeconds(from) }), ...(to && { to: inSeconds(to) }), count, skip };
}

/** Whether an order found by its receipt is what was asked for. */
export function isSameOrder(found: GatewayOrder, asked: NewOrder): boolean {
  return found.receipt === asked.receipt && found.amount === asked.amount && found.currency === asked.currency;
}
