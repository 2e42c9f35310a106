import { DAY, midnightInIndia } from './cycle.rules';
import type { Dispute, Payment, ReconLine, Refund, Settlement } from './entities';
import type { PaymentRow } from './store';
import type { World } from './world';

/** Money reaches the bank two days later, in the batch of nine in the morning. */
const SETTLED_AFTER = 2 * DAY;
const BATCH_AT = 9 * 3600;

/** What the batch adds to a line. */
type Batch = Pick<ReconLine, 'settled' | 'settled_at' | 'settlement_id' | 'settlement_utr'>;
type Unsettled = Omit<ReconLine, keyof Batch>;

export class SettlementLife {
  private waiting: Unsettled[] = [];
  private readonly batches = new Set<number>();

  constructor(private readonly world: World) {}

  paymentCaptured({ wire, order }: PaymentRow): void {
    const { fee, tax } = { fee: wire.fee ?? 0, tax: wire.tax ?? 0 };
    this.add(wire, {
      entity_id: wire.id,
      type: 'payment',
      debit: 0,
      credit: wire.amount - fee,
      amount: wire.amount,
      fee,
      tax,
      description: wire.description,
      notes: JSON.stringify(wire.notes),
      payment_id: null,
      order_receipt: order.wire.receipt,
      dispute_id: null,
    });
  }

  refunded({ wire, order }: PaymentRow, refund: Refund): void {
    this.add(wire, {
      entity_id: refund.id,
      type: 'refund',
      debit: refund.amount,
      credit: 0,
      amount: refund.amount,
      fee: 0,
      tax: 0,
      description: null,
      notes: JSON.stringify(refund.notes),
      payment_id: wire.id,
      order_receipt: order.wire.receipt,
      dispute_id: null,
    });
  }

  /** Positive takes the money for a dispute, negative gives it back. */
  disputed({ wire, order }: PaymentRow, dispute: Dispute, amount: number): void {
    this.add(wire, {
      entity_id: this.world.ids.make('adj'),
      type: 'adjustment',
      debit: Math.max(amount, 0),
      credit: Math.max(-amount, 0),
      amount: Math.abs(amount),
      fee: 0,
      tax: 0,
      description: amount > 0 ? 'dispute deduction' : 'dispute reversal',
      notes: '{}',
      payment_id: wire.id,
      order_receipt: order.wire.receipt,
      dispute_id: dispute.id,
    });
  }

  private add(payment: Payment, line: LineOfEntity): void {
    const now = this.world.clock.now();
    this.waiting.push({
      ...line,
      currency: payment.currency,
      on_hold: false,
      created_at: now,
      posted_at: null,
      credit_type: 'default',
      order_id: payment.order_id,
      method: payment.method,
      card_network: payment.card?.network ?? null,
      card_issuer: payment.card?.issuer ?? null,
      card_type: payment.card?.type ?? null,
    });
    this.plan(batchOf(now));
  }

  private plan(moment: number): void {
    if (this.batches.has(moment)) return;
    this.batches.add(moment);
    this.world.clock.at(moment, () => this.settle(moment));
  }

  /** A currency whose refunds outweigh its payments waits for the next batch. */
  private settle(moment: number): void {
    this.batches.delete(moment);
    const ripe = this.waiting.filter(({ created_at: at }) => batchOf(at) <= moment);
    for (const currency of new Set(ripe.map((line) => line.currency))) {
      const lines = ripe.filter((line) => line.currency === currency);
      const amount = lines.reduce((sum, { credit, debit }) => sum + credit - debit, 0);
      if (amount > 0) this.pay(lines, amount, moment);
    }
  }

  private pay(lines: readonly Unsettled[], amount: number, moment: number): void {
    const { ids, store, events } = this.world;
    const utr = ids.code();
    const wire: Settlement = {
      id: ids.make('setl'),
      entity: 'settlement',
      amount,
      status: 'processed',
      fees: 0,
      tax: 0,
      utr,
      created_at: moment,
    };
    store.settlements.add({ wire });
    const batch: Batch = { settled: true, settled_at: moment, settlement_id: wire.id, settlement_utr: utr };
    store.recon.push(...lines.map((line) => ({ ...line, ...batch })));
    const settled = new Set(lines);
    this.waiting = this.waiting.filter((line) => !settled.has(line));
    events.emit('settlement.processed', { settlement: wire });
  }
}

type LineOfEntity = Omit<
  Unsettled,
  | 'currency'
  | 'on_hold'
  | 'created_at'
  | 'posted_at'
  | 'credit_type'
  | 'order_id'
  | 'method'
  | 'card_network'
  | 'card_issuer'
  | 'card_type'
>;

/** The batch with which a line of this moment is settled. */
function batchOf(moment: number): number {
  const ripe = moment + SETTLED_AFTER;
  const sameDay = midnightInIndia(ripe) + BATCH_AT;
  return sameDay >= ripe ? sameDay : sameDay + DAY;
}
