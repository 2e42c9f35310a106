import { planKeyOf } from '../purchase/plan-key.rules';
import type { Applies, How } from './change.rules';

/**
 * `open`: asked for. `done`: the new tier has taken the place of the old one, or is sure to. `refused`: the gateway
 * charges no other price on this mandate. `lapsed`: what it was to change has changed meanwhile. `called_off`: by the
 * member.
 */
export const CHANGE_STATES = ['open', 'done', 'refused', 'lapsed', 'called_off'] as const;
export type ChangeState = (typeof CHANGE_STATES)[number];

export interface ChangeRecord {
  readonly how: How;
  readonly applies: Applies;
  readonly tierId: number;
  readonly priceId: number;
  /** How many months the old one had paid. */
  readonly paidBefore: number;
}

/** What is known of the two purchases. */
export interface ChangeFacts {
  readonly old: { readonly tierId: number; readonly isOver: boolean; readonly endsAtCycle: boolean };
  /** Of the old one; undefined where it is not charged every month. */
  readonly mandate?: {
    readonly planKey: string;
    readonly paidCount: number;
    /** The gateway has yet to hear of the new price. */
    readonly isToTell: boolean;
    readonly hasScheduledChanges: boolean;
  };
  readonly successor?: { readonly status: string; readonly isOver: boolean; readonly isPaid: boolean };
}

/** What becomes of a change that is open. */
export function changeAfter(change: ChangeRecord, facts: ChangeFacts): ChangeState {
  return change.how === 'update' ? afterUpdate(change, facts) : afterCheckout(change, facts);
}

function afterUpdate({ tierId, priceId }: ChangeRecord, { old, mandate }: ChangeFacts): ChangeState {
  if (old.tierId === tierId) return 'done';
  if (old.isOver || old.endsAtCycle || mandate === undefined) return 'lapsed';
  const isComing = mandate.isToTell || mandate.hasScheduledChanges || mandate.planKey === planKeyOf(priceId);
  return isComing ? 'open' : 'refused';
}

/** Who has paid by the new authorisation has changed; a month that the old one has paid meanwhile is another bargain. */
function afterCheckout({ applies, paidBefore }: ChangeRecord, { old, mandate, successor }: ChangeFacts): ChangeState {
  if (successor === undefined || successor.isOver) return 'lapsed';
  const isAgreed = applies === 'now' ? successor.isPaid : successor.status !== 'created';
  if (isAgreed) return 'done';
  return old.isOver || (mandate !== undefined && mandate.paidCount > paidBefore) ? 'lapsed' : 'open';
}
