import { storable } from '../../common/storable';
import { disputeOf, invoiceOf, orderOf, paymentOf, refundOf, subscriptionOf } from '../gateway/razorpay-entities';
import type {
  GatewayDispute,
  GatewayInvoice,
  GatewayOrder,
  GatewayPayment,
  GatewayRefund,
  GatewaySubscription,
} from '../gateway/payment-gateway';
import { EntityReader } from '../gateway/entity-reader';

/** What an event is about. `unknown`: Razorpay has more of them than we have a use for. */
export type EventFamily =
  'authorized' | 'payment' | 'order' | 'subscription' | 'invoice' | 'refund' | 'dispute' | 'settlement' | 'unknown';

/** A payout to our bank; which payments are in it only its report tells. */
export interface SettlementNotice {
  readonly id: string;
  readonly createdAt: Date;
}

/** The entities of an event, as they were when it happened. */
export interface Snapshots {
  readonly order?: GatewayOrder;
  readonly payment?: GatewayPayment;
  readonly subscription?: GatewaySubscription;
  readonly invoice?: GatewayInvoice;
  readonly refund?: GatewayRefund;
  readonly dispute?: GatewayDispute;
  readonly settlement?: SettlementNotice;
}

export interface RazorpayEvent {
  /** As `payment.captured`; '' where the body names none. */
  readonly name: string;
  readonly family: EventFamily;
  /** Whose event it says it is. */
  readonly accountId: string | null;
  /** When it happened; 1970 where it doesn't say, so that anything we know is newer. */
  readonly createdAt: Date;
  /** Of an unknown event nothing is read. */
  readonly snapshots: Snapshots;
}

type Fields = Readonly<Record<string, unknown>>;

const EXACT: Readonly<Record<string, EventFamily>> = {
  'payment.authorized': 'authorized',
  'payment.captured': 'payment',
  'payment.failed': 'payment',
  'order.paid': 'order',
  'settlement.processed': 'settlement',
};

const PREFIXES: readonly (readonly [string, EventFamily])[] = [
  ['subscription.', 'subscription'],
  ['invoice.', 'invoice'],
  ['refund.', 'refund'],
  ['payment.dispute.', 'dispute'],
];

/** Throws where the body is no JSON, or an entity in it lacks what money hangs on. */
export function readEvent(body: Buffer): RazorpayEvent {
  const event = fieldsOf(JSON.parse(body.toString('utf8')));
  const name = textOf(event.event) ?? '';
  const family = familyOf(name);
  return {
    name,
    family,
    accountId: textOf(event.account_id),
    createdAt: new Date(Number.isSafeInteger(event.created_at) ? (event.created_at as number) * 1000 : 0),
    snapshots: family === 'unknown' ? {} : snapshotsIn(fieldsOf(event.payload)),
  };
}

export function familyOf(name: string): EventFamily {
  const exact = Object.hasOwn(EXACT, name) ? EXACT[name] : undefined;
  return exact ?? PREFIXES.find(([prefix]) => name.startsWith(prefix))?.[1] ?? 'unknown';
}

/** The entities of a payload by their names, whatever they hold. */
export function entitiesIn(payload: Fields): [name: string, entity: Fields][] {
  return Object.entries(payload).map(([name, holder]) => [name, fieldsOf(fieldsOf(holder).entity)]);
}

/** An object as it is; of anything else nothing. */
export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

/** Both stand in what is kept of the delivery. */
function textOf(value: unknown): string | null {
  return typeof value === 'string' ? storable(value) : null;
}

function snapshotsIn(payload: Fields): Snapshots {
  const read = <T>(name: string, parse: (entity: unknown) => T): T | undefined => {
    const { entity } = fieldsOf(payload[name]);
    return entity === undefined || entity === null ? undefined : parse(entity);
  };
  return {
    order: read('order', orderOf),
    payment: read('payment', paymentOf),
    subscription: read('subscription', subscriptionOf),
    invoice: read('invoice', invoiceOf),
    refund: read('refund', refundOf),
    dispute: read('dispute', disputeOf),
    settlement: read('settlement', settlementOf),
  };
}

function settlementOf(entity: unknown): SettlementNotice {
  const settlement = new EntityReader('settlement', entity);
  return { id: settlement.id('id', 'setl'), createdAt: settlement.time('created_at') };
}
