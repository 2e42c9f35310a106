import { failure, refused } from './api-error';
import type { Notes, Refund } from './entities';
import { atLeastOne, type Body, choiceOf, integerOf, notesOf, receiptOf } from './input';
import type { SettlementLife } from './settlement.life';
import type { PaymentRow, Row } from './store';
import type { World } from './world';

/** How refunds go: done at once, after an hour, or failed after an hour. */
export const REFUND_MODES = ['instant', 'slow', 'failing'] as const;
export type RefundMode = (typeof REFUND_MODES)[number];

const SLOW_SECONDS = 3600;

interface NewRefund {
  readonly amount: number;
  readonly notes: Notes;
  readonly receipt: string | null;
  readonly speed: 'normal' | 'optimum';
}

interface Done {
  readonly request: string;
  readonly refund: Refund;
}

export class RefundLife {
  mode: RefundMode = 'instant';
  private readonly done = new Map<string, Done>();

  constructor(
    private readonly world: World,
    private readonly settlements: SettlementLife,
  ) {}

  /** As `POST /v1/payments/:id/refund` asks. The same key and body answer the same refund; another body is refused. */
  byCall(row: PaymentRow, body: Body, key?: string): Refund {
    if (key === undefined) return this.create(row, body);
    if (!/^[\w-]{10,}$/.test(key)) {
      throw refused('The idempotency key must have at least 10 letters, digits, hyphens or underscores.');
    }
    const request = JSON.stringify([row.wire.id, Object.entries(body).sort()]);
    const known = this.done.get(key);
    if (known === undefined) {
      const refund = this.create(row, body);
      this.done.set(key, { request, refund });
      return refund;
    }
    if (known.request === request) return known.refund;
    throw failure(
      400,
      'BAD_REQUEST_ERROR',
      'Different request with the same idempotency key has already been processed.',
    );
  }

  /** A payment that was never captured goes back whole. */
  back(row: PaymentRow): void {
    const { wire } = row;
    if (wire.status !== 'authorized') return;
    this.add(row, { amount: wire.amount, notes: [], receipt: null, speed: 'normal' }, 'instant');
  }

  private create(row: PaymentRow, body: Body): Refund {
    const { wire } = row;
    const left = wire.amount - wire.amount_refunded;
    const asked = integerOf(body, 'amount');
    const speed = choiceOf(body, 'speed', ['normal', 'optimum'], 'normal');
    const details = { notes: notesOf(body), receipt: receiptOf(body), speed };
    if (wire.status === 'refunded' || (wire.captured && left === 0)) {
      throw refused('The payment has been fully refunded already');
    }
    if (wire.status !== 'captured') throw refused('The payment status should be captured for action to be taken');
    const amount = atLeastOne(asked ?? left, wire.currency);
    if (amount > wire.amount) {
      throw refused('The refund amount provided is greater than amount captured', 'amount');
    }
    if (amount > left) throw refused('The total refund amount is greater than the refund payment amount', 'amount');
    return this.add(row, { amount, ...details }, this.mode).wire;
  }

  private add(row: PaymentRow, { amount, notes, receipt, speed }: NewRefund, mode: RefundMode): Row<Refund> {
    const { clock, ids, store, events } = this.world;
    const wire: Refund = {
      id: ids.make('rfnd'),
      entity: 'refund',
      amount,
      currency: row.wire.currency,
      payment_id: row.wire.id,
      notes,
      receipt,
      acquirer_data: { arn: null },
      created_at: clock.now(),
      batch_id: null,
      status: mode === 'instant' ? 'processed' : 'pending',
      speed_processed: 'normal',
      speed_requested: speed,
    };
    const refund = store.refunds.add({ wire });
    row.refunds.push(refund);
    changeRefunded(row, amount);
    events.emit('refund.created', { refund: wire, payment: row.wire });
    if (mode === 'instant') this.processed(row, refund);
    else clock.at(clock.now() + SLOW_SECONDS, () => this.end(row, refund, mode));
    return refund;
  }

  private end(row: PaymentRow, refund: Row<Refund>, mode: RefundMode): void {
    if (mode === 'slow') return this.processed(row, refund);
    refund.wire.status = 'failed';
    changeRefunded(row, -refund.wire.amount);
    this.world.events.emit('refund.failed', { refund: refund.wire, payment: row.wire });
  }

  private processed(row: PaymentRow, refund: Row<Refund>): void {
    refund.wire.status = 'processed';
    refund.wire.acquirer_data.arn = this.world.ids.digits(14);
    if (row.wire.captured) this.settlements.refunded(row, refund.wire);
    this.world.events.emit('refund.processed', { refund: refund.wire, payment: row.wire });
  }
}

function changeRefunded({ wire }: PaymentRow, change: number): void {
  wire.amount_refunded += change;
  const isWhole = wire.amount_refunded === wire.amount;
  wire.refund_status = isWhole ? 'full' : wire.amount_refunded > 0 ? 'partial' : null;
  if (isWhole) wire.status = 'refunded';
  else if (wire.status === 'refunded') wire.status = 'captured';
}
