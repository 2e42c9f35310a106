import type { SubscriptionStatus } from './entities';

/** A failed charge is tried again so many times, a day apart; then the subscription is halted. */
export const RETRIES = 3;

export interface Life {
  readonly status: SubscriptionStatus;
  /** Cycles to bill in all. */
  readonly total: number;
  /** Invoices made, charged or not. */
  readonly issued: number;
  readonly paid: number;
  /** Charges of the open invoice that failed. */
  readonly attempts: number;
}

export type SubscriptionEvent =
  | 'authenticated'
  | 'activated'
  | 'charged'
  | 'completed'
  | 'pending'
  | 'halted'
  | 'cancelled'
  | 'paused'
  | 'resumed'
  | 'updated';

export interface Step {
  readonly life: Life;
  readonly events: readonly SubscriptionEvent[];
}

const TERMINAL: readonly SubscriptionStatus[] = ['cancelled', 'completed', 'expired'];

export const newLife = (total: number): Life => ({ status: 'created', total, issued: 0, paid: 0, attempts: 0 });
export const isOver = ({ status }: Life): boolean => TERMINAL.includes(status);

/** The payer has agreed. One that starts at once is charged next, and rests here for no time. */
export function authenticated(life: Life): Step {
  return { life: { ...life, status: 'authenticated' }, events: ['authenticated'] };
}

/** A billing cycle begins. `charges` says whether its invoice is charged: a halted one's is not. */
export function cycleBegun(life: Life): Step & { readonly charges: boolean } {
  if (life.issued >= life.total) return { ...completed(life), charges: false };
  const issued = life.issued + 1;
  if (life.status === 'halted') return { life: { ...life, issued }, events: [], charges: false };
  const events = life.status === 'active' ? [] : (['activated'] as const);
  return { life: { ...life, status: 'active', issued, attempts: 0 }, events, charges: true };
}

/** An invoice is paid, by the mandate or by hand. An old one paid by hand wakes neither what is over nor what is paused. */
export function charged(life: Life): Step {
  const paid = life.paid + 1;
  if (isOver(life) || life.status === 'paused') return { life: { ...life, paid }, events: ['charged'] };
  const woken = life.status === 'active' ? [] : (['activated'] as const);
  const active: Life = { ...life, status: 'active', paid, attempts: 0 };
  if (life.issued < life.total) return { life: active, events: [...woken, 'charged'] };
  return { life: { ...active, status: 'completed' }, events: [...woken, 'charged', 'completed'] };
}

export function chargeFailed(life: Life): Step {
  const attempts = life.attempts + 1;
  const status = attempts > RETRIES ? 'halted' : 'pending';
  return { life: { ...life, status, attempts }, events: [status] };
}

/** The payer put in a new card. A halted one goes on with its next cycle: what it missed stays unpaid. */
export function cardChanged(life: Life): Step {
  if (life.status !== 'halted') return { life, events: [] };
  return { life: { ...life, status: 'active', attempts: 0 }, events: ['activated'] };
}

export function cancelled(life: Life): Step {
  return { life: { ...life, status: 'cancelled' }, events: ['cancelled'] };
}

export function completed(life: Life): Step {
  return { life: { ...life, status: 'completed' }, events: ['completed'] };
}

/** There is no event for it. */
export function expired(life: Life): Step {
  return { life: { ...life, status: 'expired' }, events: [] };
}

/** Pausing before the first cycle cancels: so it is at Razorpay. */
export function paused(life: Life): Step {
  if (life.status === 'authenticated') return cancelled(life);
  return { life: { ...life, status: 'paused' }, events: ['paused'] };
}

export function resumed(life: Life): Step {
  return { life: { ...life, status: 'active' }, events: ['resumed'] };
}

export const cancelFault = (life: Life, atCycleEnd: boolean): string | undefined => {
  if (isOver(life)) return `Subscription is not cancellable in ${life.status} status.`;
  const hasCycle = ['active', 'pending', 'halted', 'paused'].includes(life.status);
  return atCycleEnd && !hasCycle ? 'Subscription has no billing cycle at whose end it could be cancelled.' : undefined;
};

export const pauseFault = ({ status }: Life): string | undefined =>
  status === 'active' || status === 'authenticated' ? undefined : `Subscription cannot be paused in ${status} status.`;

export const resumeFault = ({ status }: Life): string | undefined =>
  status === 'paused' ? undefined : `Subscription cannot be resumed in ${status} status.`;

/** UPI mandates and cards of Indian banks were authorised for one amount. */
export function updateFault({ status }: Life, method: string, international: boolean): string | undefined {
  if (status !== 'authenticated' && status !== 'active') {
    return "Can't update Subscription when Subscription is not in Authenticated or Active state";
  }
  if (method === 'card' && international) return undefined;
  const mode = method === 'upi' ? 'UPI' : method;
  return `subscriptions cannot be updated when payment mode is ${mode}`;
}
