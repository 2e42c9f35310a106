import { leadsTo, type Moves, unlessAlike } from '../forward.rules';

export const DISPUTE_STATUSES = ['open', 'under_review', 'won', 'lost', 'closed'] as const;
export type DisputeStatus = (typeof DISPUTE_STATUSES)[number];

export const DISPUTE_MOVES: Moves<DisputeStatus> = {
  open: ['under_review', 'won', 'lost', 'closed'],
  under_review: ['won', 'lost', 'closed'],
  won: [],
  lost: [],
  closed: [],
};

/** The gateway's names, as a dispute goes up through them. */
const PHASES: readonly string[] = ['fraud', 'retrieval', 'chargeback', 'pre_arbitration', 'arbitration'];

/** What the gateway said of a dispute at some moment; amounts in minor units. */
export interface DisputeSnapshot {
  readonly status: DisputeStatus;
  readonly phase: string;
  /** Held back by the gateway. */
  readonly amountDeducted: number;
}

/** What is known of it. `amountDeducted` is the most that was ever held back: a dispute that is won gives it back. */
export type DisputeRecord = DisputeSnapshot;

/** What is known after `snapshot`, in whatever order snapshots come; `known` itself where it says nothing new. */
export function mergeDispute<R extends DisputeRecord>(known: R, snapshot: DisputeSnapshot): R {
  const { status } = leadsTo(DISPUTE_MOVES, known.status, snapshot.status) ? snapshot : known;
  return unlessAlike(known, {
    ...known,
    status,
    phase: furtherPhase(known.phase, snapshot.phase),
    amountDeducted: Math.max(known.amountDeducted, snapshot.amountDeducted),
  });
}

/** Of two names the gateway has not told us of, the same one is taken whichever came first. */
function furtherPhase(one: string, other: string): string {
  const difference = PHASES.indexOf(one) - PHASES.indexOf(other);
  if (difference !== 0) return difference > 0 ? one : other;
  return one > other ? one : other;
}
