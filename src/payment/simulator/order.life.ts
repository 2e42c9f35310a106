import { refused } from './api-error';
import type { Notes, Order } from './entities';
import { amountOf, type Body, currencyOf, flagOf, notesOf, objectOf, receiptOf } from './input';
import type { OrderRow } from './store';
import type { World } from './world';

interface NewOrder {
  readonly amount: number;
  readonly currency: string;
  readonly receipt: string | null;
  readonly capture: 'automatic' | 'manual';
  readonly notes: Notes;
}

export class OrderLife {
  constructor(private readonly world: World) {}

  /** As `POST /v1/orders` asks. With `unique_receipt` a repeat answers the order that is there. */
  create(body: Body): OrderRow {
    const currency = currencyOf(body);
    const amount = amountOf(body, currency);
    const receipt = receiptOf(body);
    const notes = notesOf(body);
    const known = flagOf(body, 'unique_receipt', false) ? this.byReceipt(receipt) : undefined;
    if (known === undefined) return this.add({ amount, currency, receipt, capture: captureOf(body), notes });
    if (known.wire.amount === amount && known.wire.currency === currency) return known;
    throw refused('Order receipt should be unique.', 'receipt');
  }

  add({ amount, currency, receipt, capture, notes }: NewOrder): OrderRow {
    const wire: Order = {
      id: this.world.ids.make('order'),
      entity: 'order',
      amount,
      amount_paid: 0,
      amount_due: amount,
      currency,
      receipt,
      offer_id: null,
      status: 'created',
      attempts: 0,
      notes,
      created_at: this.world.clock.now(),
    };
    return this.world.store.orders.add({ wire, capture, payments: [] });
  }

  private byReceipt(receipt: string | null): OrderRow | undefined {
    if (receipt === null) return undefined;
    return this.world.store.orders.all().find(({ wire }) => wire.receipt === receipt);
  }
}

/** `payment_capture: 1` is the old way to ask for it, `payment: {capture: 'automatic'}` the new one. */
function captureOf(body: Body): 'automatic' | 'manual' {
  const isAutomatic = objectOf(body, 'payment')['capture'] === 'automatic' || flagOf(body, 'payment_capture', false);
  return isAutomatic ? 'automatic' : 'manual';
}
