import { refused } from './api-error';
import { DAY } from './cycle.rules';
import { type Dispute, DISPUTE_STATUSES, type DisputeStatus } from './entities';
import { type Body, choiceOf, flagOf, integerOf, textOf } from './input';
import type { SettlementLife } from './settlement.life';
import type { PaymentRow, Row } from './store';
import type { World } from './world';

const DAYS_TO_ANSWER = 7;
const EVIDENCE = [
  'shipping_proof',
  'billing_proof',
  'cancellation_proof',
  'customer_communication',
  'proof_of_service',
  'explanation_letter',
  'refund_confirmation',
  'access_activity_log',
  'refund_cancellation_policy',
  'term_and_conditions',
  'others',
  'submitted_at',
];

/** What a payer's bank does: raised by a control call, since no call of the API can. */
export class DisputeLife {
  constructor(
    private readonly world: World,
    private readonly settlements: SettlementLife,
  ) {}

  /**
   * Raises a dispute over a captured payment, or moves the one that is there: `{phase, status, amount, reason_code,
   * deduct}`. `deduct` takes the money when it is raised; else it is taken when the dispute is lost.
   */
  change(row: PaymentRow, body: Body): Dispute {
    const status = choiceOf<DisputeStatus>(body, 'status', DISPUTE_STATUSES, 'open');
    const isNew = row.dispute === undefined;
    const dispute = row.dispute ?? this.raise(row, body);
    if (isNew) this.tell('created', row, dispute.wire);
    dispute.wire.phase = textOf(body, 'phase') ?? dispute.wire.phase;
    if (status !== 'open') this.move(row, dispute, status);
    return dispute.wire;
  }

  private raise(row: PaymentRow, body: Body): Row<Dispute> {
    if (!row.wire.captured) throw refused('Only captured payments can be disputed');
    const { clock, ids, store } = this.world;
    const amount = integerOf(body, 'amount') ?? row.wire.amount;
    if (amount < 1 || amount > row.wire.amount) throw refused('The amount is greater than amount captured', 'amount');
    const now = clock.now();
    const wire: Dispute = {
      id: ids.make('disp'),
      entity: 'dispute',
      payment_id: row.wire.id,
      amount,
      currency: row.wire.currency,
      amount_deducted: 0,
      reason_code: textOf(body, 'reason_code') ?? 'chargeback',
      respond_by: now + DAYS_TO_ANSWER * DAY,
      status: 'open',
      phase: textOf(body, 'phase') ?? 'chargeback',
      created_at: now,
      evidence: { amount, summary: null, ...Object.fromEntries(EVIDENCE.map((name) => [name, null])) },
    };
    const dispute = store.disputes.add({ wire });
    row.dispute = dispute;
    if (flagOf(body, 'deduct', false)) this.deduct(row, wire, amount);
    return dispute;
  }

  private move(row: PaymentRow, { wire }: Row<Dispute>, status: Exclude<DisputeStatus, 'open'>): void {
    if (wire.status === status) return;
    if (['won', 'lost', 'closed'].includes(wire.status)) {
      throw refused(`Dispute cannot be changed in ${wire.status} status.`, 'status');
    }
    wire.status = status;
    const owed = status === 'lost' ? wire.amount : status === 'under_review' ? wire.amount_deducted : 0;
    this.deduct(row, wire, owed);
    this.tell(status, row, wire);
  }

  /** Takes or gives back what is missing to `amount`. */
  private deduct(row: PaymentRow, wire: Dispute, amount: number): void {
    const change = amount - wire.amount_deducted;
    if (change === 0) return;
    wire.amount_deducted = amount;
    this.settlements.disputed(row, wire, change);
  }

  private tell(what: 'created' | Exclude<DisputeStatus, 'open'>, row: PaymentRow, dispute: Dispute): void {
    this.world.events.emit(`payment.dispute.${what}`, { payment: row.wire, dispute });
  }
}
