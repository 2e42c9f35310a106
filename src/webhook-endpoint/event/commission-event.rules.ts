import type { CommissionPayload } from '../../commission/events/commission.event';
import type { EventType } from './event-type.rules';
import type { OutgoingEvent } from './outgoing-event';

export type CommissionEventType = Extract<EventType, `commission.${string}`>;

/** Undefined where its creator has never heard of the order: nothing was paid. */
export function commissionEvent(
  type: CommissionEventType,
  { creator_id, buyer_id, at, ...order }: CommissionPayload,
): OutgoingEvent | undefined {
  if (order.payment === 'unpaid') return undefined;
  const { order_id, offer_id, title, actor, payment, amount, currency, due_at } = order;
  const data = { order_id, offer_id, title, actor, payment, amount, currency, due_at };
  return { type, ownerId: creator_id, at, data, person: { as: 'buyer', id: buyer_id } };
}
