import { leadsTo, type Moves, unlessAlike } from '../forward.rules';

export const ORDER_STATUSES = ['created', 'attempted', 'paid'] as const;
export type OrderStatus = (typeof ORDER_STATUSES)[number];

/** Paid stays paid, also when the money goes back. */
export const ORDER_MOVES: Moves<OrderStatus> = {
  created: ['attempted', 'paid'],
  attempted: ['paid'],
  paid: [],
};

/** What the gateway said of an order at some moment. */
export interface OrderSnapshot {
  readonly status: OrderStatus;
}

/** What is known of it. */
export type OrderRecord = OrderSnapshot;

/** What is known after `snapshot`, in whatever order snapshots come; `known` itself where it says nothing new. */
export function mergeOrder<R extends OrderRecord>(known: R, snapshot: OrderSnapshot): R {
  const { status } = leadsTo(ORDER_MOVES, known.status, snapshot.status) ? snapshot : known;
  return unlessAlike(known, { ...known, status });
}
