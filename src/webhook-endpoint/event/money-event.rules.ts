import type { DisputeChangedPayload } from '../../payment/events/dispute-changed.event';
import type { RefundProcessedPayload } from '../../payment/events/refund-processed.event';
import type { BankDetailsChangedPayload } from '../../subscription/events/bank-details-changed.event';
import type { MembershipPayload } from '../../subscription/events/membership.event';
import type { TierCoursesChangedPayload } from '../../subscription/events/tier-courses-changed.event';
import type { TipReceivedPayload } from '../../subscription/events/tip-received.event';
import type { OutgoingEvent } from './outgoing-event';

export function membershipEvent(
  step: 'started' | 'changed' | 'ended',
  { membership_id, account_id, creator_id, tier_id, previous_tier_id, access_until, at }: MembershipPayload,
): OutgoingEvent {
  const data = { membership_id, tier_id, access_until, ...(previous_tier_id !== undefined && { previous_tier_id }) };
  return {
    type: `membership.${step}`,
    ownerId: creator_id,
    at,
    data,
    person: { as: 'member', id: account_id },
  };
}

export function tipEvent({ tip_id, creator_id, account_id, amount, currency, at }: TipReceivedPayload): OutgoingEvent {
  const person = { as: 'tipper', id: account_id };
  return { type: 'tip.received', ownerId: creator_id, at, data: { tip_id, amount, currency }, person };
}

/** Undefined where nobody was paid. Who paid is not told: a tipper may want to stay unknown. */
export function refundEvent({ payee_id, ...refund }: RefundProcessedPayload): OutgoingEvent | undefined {
  if (payee_id === null) return undefined;
  const { refund_id, payment_id, purpose, amount, currency, refunded_amount, payment_amount } = refund;
  const data = { refund_id, payment_id, purpose, amount, currency, refunded_amount, payment_amount };
  return { type: 'refund.processed', ownerId: payee_id, data };
}

export function disputeEvent({ payee_id, ...dispute }: DisputeChangedPayload): OutgoingEvent | undefined {
  if (payee_id === null) return undefined;
  const { dispute_id, payment_id, purpose, status, amount, currency } = dispute;
  const data = { dispute_id, payment_id, purpose, status, amount, currency };
  return { type: 'dispute.changed', ownerId: payee_id, data };
}

export function bankDetailsEvent({ account_id, change, at }: BankDetailsChangedPayload): OutgoingEvent {
  return { type: 'bank_details.changed', ownerId: account_id, at, data: { change } };
}

export function tierCoursesEvent({ tier_id, creator_id, at }: TierCoursesChangedPayload): OutgoingEvent {
  return { type: 'tier.courses_changed', ownerId: creator_id, at, data: { tier_id } };
}
