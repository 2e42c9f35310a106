/** How the gateway and our books can differ: `missing` is there and not here, `behind` is older here, `absent` is here only. */
export const DRIFT_CLASSES = {
  order_missing: 'An order of ours was made there and the answer was lost: it is found by its receipt.',
  order_behind: 'An order has been paid, and we had not heard of it.',
  order_absent: 'We hold an order as made that the gateway does not know. Only reported.',
  payment_missing: 'A payment that we had not heard of. What matches nothing of ours is parked.',
  payment_behind: 'A payment that has gone on since we last heard of it.',
  payment_uncaptured: 'Money for an order of ours was authorised and not taken: it is captured.',
  payment_absent: 'We hold a payment that the gateway does not know. Only reported.',
  mandate_missing: 'A mandate of ours was made there and the answer was lost: it is found by its note.',
  mandate_behind: 'A mandate that has gone on since we last heard of it; its payments are looked up, too.',
  mandate_stray:
    'A subscription lives there for a mandate of ours that has another one, or has ended: end it in the dashboard. Only reported.',
  mandate_absent: 'We hold a mandate as live that the gateway does not know. Only reported.',
  mandate_untold: 'An end, a pause or a resumption that the gateway had not heard of: it is told.',
  refund_missing: 'A refund that we had not heard of.',
  refund_behind: 'A refund that has gone on since we last heard of it.',
  refund_absent: 'We hold a refund as made that the gateway does not know. Only reported.',
  refund_untold: 'A refund that is wanted and was not made: it is asked for.',
  dispute_missing: 'A dispute that we had not heard of.',
  dispute_behind: 'A dispute that has gone on since we last heard of it.',
  dispute_absent: 'We hold a dispute that the gateway does not know. Only reported.',
  settlement_missing: 'A settlement that we had not heard of.',
  settlement_behind: 'A settlement of which lines were missing.',
  settlement_differs:
    'What a settlement comes to differs between the gateway, our lines and the ledger. Only reported: nothing is booked to make it fit.',
  settlement_absent: 'We hold a settlement that the report of its day does not have. Only reported.',
  malformed: 'The gateway lists something that can’t be read: it is left alone, and the rest compared. Only reported.',
  failed: 'It could not be applied, and the log says why. Only reported.',
} as const satisfies Readonly<Record<string, string>>;

export type DriftClass = keyof typeof DRIFT_CLASSES;

export const DRIFT_CLASS_NAMES = Object.keys(DRIFT_CLASSES) as DriftClass[];
