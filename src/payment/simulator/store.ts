import { refused, unknownId } from './api-error';
import type {
  Customer,
  Dispute,
  Invoice,
  Method,
  Order,
  Payment,
  Plan,
  ReconLine,
  Refund,
  Settlement,
  Subscription,
} from './entities';
import { type Body, integerOf } from './input';
import type { Life } from './subscription.rules';

interface Entity {
  readonly id: string;
  readonly created_at: number;
}

/** A thing as it is answered, and what the simulator knows of it beyond that. */
export interface Row<W extends Entity> {
  readonly wire: W;
}

export interface OrderRow extends Row<Order> {
  readonly capture: 'automatic' | 'manual';
  readonly payments: PaymentRow[];
}

export interface PaymentRow extends Row<Payment> {
  readonly order: OrderRow;
  readonly refunds: Row<Refund>[];
  dispute?: Row<Dispute>;
  /** Calls off the refund of what nobody captures. */
  callOff?: () => void;
}

export interface SubscriptionRow extends Row<Subscription> {
  life: Life;
  plan: Plan;
  readonly invoices: InvoiceRow[];
  /** The number of the billing cycle that runs; -1 before the first. */
  cycle: number;
  endsAtCycle: boolean;
  scheduled?: SubscriptionChange;
  card: 'ok' | 'failing';
  method: Method;
  international: boolean;
  callOff?: () => void;
}

export interface SubscriptionChange {
  readonly plan?: Plan;
  readonly quantity?: number;
  readonly remaining?: number;
}

export interface InvoiceRow extends Row<Invoice> {
  readonly order: OrderRow;
  readonly subscription: SubscriptionRow;
}

/** Rows in the order in which they came. */
export class Table<R extends Row<Entity>> {
  private readonly rows = new Map<string, R>();

  add(row: R): R {
    this.rows.set(row.wire.id, row);
    return row;
  }

  find(id: string): R | undefined {
    return this.rows.get(id);
  }

  /** Throws Razorpay's error where the id is unknown. */
  get(id: string): R {
    const row = this.rows.get(id);
    if (row === undefined) throw unknownId();
    return row;
  }

  all(): R[] {
    return [...this.rows.values()];
  }

  /** Newest first. */
  list(query: Body, isWanted: (row: R) => boolean = () => true): Page<R['wire']> {
    return pageOf(
      this.all()
        .reverse()
        .filter(isWanted)
        .map(({ wire }) => wire),
      query,
    );
  }
}

export interface Page<W> {
  readonly entity: 'collection';
  readonly count: number;
  readonly items: readonly W[];
}

/** `from` and `to` (unix seconds, both included), `count` (10, at most 100) and `skip`. */
export function pageOf<W extends { readonly created_at: number }>(
  items: readonly W[],
  query: Body,
  most = 100,
): Page<W> {
  const from = integerOf(query, 'from') ?? -Infinity;
  const to = integerOf(query, 'to') ?? Infinity;
  const count = integerOf(query, 'count') ?? 10;
  const skip = integerOf(query, 'skip') ?? 0;
  if (count < 1) throw refused('The count must be at least 1.', 'count');
  if (count > most) throw refused(`The count may not be greater than ${most}.`, 'count');
  if (skip < 0) throw refused('The skip must be at least 0.', 'skip');
  const wanted = items.filter(({ created_at: at }) => at >= from && at <= to).slice(skip, skip + count);
  return { entity: 'collection', count: wanted.length, items: wanted };
}

/** Everything there is, in memory. */
export class Store {
  readonly orders = new Table<OrderRow>();
  readonly payments = new Table<PaymentRow>();
  readonly refunds = new Table<Row<Refund>>();
  readonly plans = new Table<Row<Plan>>();
  readonly customers = new Table<Row<Customer>>();
  readonly subscriptions = new Table<SubscriptionRow>();
  readonly invoices = new Table<InvoiceRow>();
  readonly disputes = new Table<Row<Dispute>>();
  readonly settlements = new Table<Row<Settlement>>();
  readonly recon: ReconLine[] = [];
}
