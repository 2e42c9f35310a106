import { leadsTo, type Moves, unlessAlike } from '../forward.rules';

/** `requested`: wanted by us, the gateway may not have heard of it. */
export const REFUND_STATUSES = ['requested', 'pending', 'processed', 'failed'] as const;
export type RefundStatus = (typeof REFUND_STATUSES)[number];

export const REFUND_MOVES: Moves<RefundStatus> = {
  requested: ['pending', 'processed', 'failed'],
  pending: ['processed', 'failed'],
  processed: [],
  failed: [],
};

/** What the gateway said of a refund at some moment. */
export interface RefundSnapshot {
  readonly status: RefundStatus;
}

/** What is known of it. */
export type RefundRecord = RefundSnapshot;

/** What is known after `snapshot`, in whatever order snapshots come; `known` itself where it says nothing new. */
export function mergeRefund<R extends RefundRecord>(known: R, snapshot: RefundSnapshot): R {
  const { status } = leadsTo(REFUND_MOVES, known.status, snapshot.status) ? snapshot : known;
  return unlessAlike(known, { ...known, status });
}
