import type { CommissionPayload } from '../../commission/events/commission.event';
import type { Notice } from '../deliver/notice';

/** The steps, as their facts' topics name them. */
export type CommissionStep =
  | 'ordered'
  | 'admitted'
  | 'accepted'
  | 'declined'
  | 'delivered'
  | 'revision-asked'
  | 'closed'
  | 'cancelled'
  | 'refunded'
  | 'expired'
  | 'expiring';

export function commissionNotice(step: CommissionStep, payload: CommissionPayload): Notice {
  const { order_id, title, actor, amount, currency, due_at, at } = payload;
  return {
    kind: 'commission',
    factKey: `commission:${order_id}:${step}:${at}`,
    actorId: actorOf(payload),
    target: { type: 'commission', id: order_id },
    data: { event: step, title, by: actor, amount, currency, due_at },
  };
}

/** Who did not do it; a creator hears of an order from when its money is there. */
export function toldOf(step: CommissionStep, { actor, payment, creator_id, buyer_id }: CommissionPayload): number[] {
  const creator = payment === 'unpaid' ? [] : [creator_id];
  const buyer = buyer_id === null ? [] : [buyer_id];
  if (step === 'ordered' || step === 'expiring') return creator;
  if (step === 'admitted' || actor === 'creator') return buyer;
  return actor === 'buyer' ? creator : [...creator, ...buyer];
}

function actorOf({ actor, creator_id, buyer_id }: CommissionPayload): number | null {
  switch (actor) {
    case 'creator':
      return creator_id;
    case 'buyer':
      return buyer_id;
    case 'house':
      return null;
  }
}
