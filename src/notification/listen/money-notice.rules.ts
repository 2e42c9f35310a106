import type { PaymentPayload } from '../../payment/events/payment.event';
import type { MembershipPayload } from '../../subscription/events/membership.event';
import type { MembershipPastDuePayload } from '../../subscription/events/membership-past-due.event';
import type { TipReceivedPayload } from '../../subscription/events/tip-received.event';
import type { Notice } from '../deliver/notice';

export function tipNotice({ tip_id, account_id, amount, currency }: TipReceivedPayload): Notice {
  const target = { type: 'tip', id: tip_id } as const;
  return { kind: 'tip', factKey: `tip:${tip_id}`, actorId: account_id, target, data: { amount, currency } };
}

export function memberNotice({ membership_id, account_id, tier_id, at }: MembershipPayload): Notice {
  const factKey = `member:${membership_id}:${at}`;
  return { kind: 'member', factKey, actorId: account_id, target: { type: 'tier', id: tier_id } };
}

/** Where another tier takes its place nothing has ended for its member. */
export function endedNotice({ membership_id, tier_id, next_tier_id, at }: MembershipPayload): Notice {
  const factKey = `membership-ended:${membership_id}:${at}`;
  const tier = { type: 'tier', id: tier_id } as const;
  if (next_tier_id === undefined) return { kind: 'membership-ended', factKey, actorId: null, target: tier };
  const target = { type: 'tier', id: next_tier_id } as const;
  return { kind: 'membership-changed', factKey, actorId: null, target, object: tier };
}

export function graceNotice({ subscription_id, tier_id, access_until, at }: MembershipPastDuePayload): Notice {
  return {
    kind: 'grace',
    factKey: `grace:${subscription_id}:${at}`,
    actorId: null,
    target: { type: 'tier', id: tier_id },
    data: { access_until },
  };
}

export function paymentFailedNotice({ payment_id, purpose, amount, currency }: PaymentPayload): Notice {
  return {
    kind: 'payment-failed',
    factKey: `payment-failed:${payment_id}`,
    actorId: null,
    target: { type: 'payment', id: payment_id },
    data: { amount, currency, purpose },
  };
}
