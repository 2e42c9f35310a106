import type { JsonObject } from '../../infra/outbox/fact';

interface Described {
  readonly description: string;
  /** What `data` holds. */
  readonly sample: JsonObject;
}

const AT = '2026-03-01T12:00:00.000Z';
const PERSON = { id: 7, username: 'asha' };
const MEMBERSHIP = {
  membership_id: 12,
  tier_id: 3,
  member: PERSON,
  access_until: '2026-04-01T12:00:00.000Z',
};
const COMMISSION = {
  order_id: 5,
  offer_id: 2,
  title: 'A portrait in ink',
  buyer: PERSON,
  actor: 'buyer',
  payment: 'authorized',
  amount: 34800,
  currency: 'INR',
  due_at: '2026-03-04T12:00:00.000Z',
};
const PLUGIN_USER = { plugin_id: 3, plugin_user_id: 41 };
const RESPONDED = { ...COMMISSION, actor: 'creator', payment: 'captured', due_at: null };

/**
 * All that can be heard of, each by its owner alone. Instants are ISO 8601, amounts in minor units, people by id and
 * username (null where the account is closed or wants to stay unknown): what their owner may read elsewhere, or less.
 */
const CATALOGUE = {
  'membership.started': { description: 'Somebody is a member of a tier of yours, or again.', sample: MEMBERSHIP },
  'membership.changed': {
    description: 'A member of yours has access until another time, or has another tier of yours.',
    sample: { ...MEMBERSHIP, previous_tier_id: 2 },
  },
  'membership.ended': {
    description: 'Somebody is no member of a tier of yours any more.',
    sample: { ...MEMBERSHIP, access_until: AT },
  },
  'tip.received': {
    description: 'You were given a tip.',
    sample: { tip_id: 9, tipper: PERSON, amount: 34800, currency: 'INR' },
  },
  'refund.processed': {
    description: 'Money that was paid to you has gone back to its payer.',
    sample: {
      refund_id: 4,
      payment_id: 31,
      purpose: 'tip',
      amount: 10000,
      currency: 'INR',
      refunded_amount: 10000,
      payment_amount: 34800,
    },
  },
  'dispute.changed': {
    description: "A payer's bank wants money back that was paid to you, or has decided.",
    sample: { dispute_id: 2, payment_id: 31, purpose: 'tier', status: 'open', amount: 34800, currency: 'INR' },
  },
  'bank_details.changed': {
    description: 'Where you are paid to was added, changed or removed.',
    sample: { change: 'changed' },
  },
  'tier.courses_changed': { description: 'A tier of yours opens other courses than before.', sample: { tier_id: 3 } },
  'post.published': { description: 'A post of yours is out.', sample: { post_id: 12 } },
  'comment.created': {
    description: 'Somebody wrote a comment under a post of yours.',
    sample: { comment_id: 45, post_id: 12, parent_id: null, author: PERSON },
  },
  'like.created': {
    description: 'Somebody likes a post of yours for the first time.',
    sample: { like_id: 31, post_id: 12, account: PERSON },
  },
  'follower.created': {
    description: 'Somebody follows you who did not until now.',
    sample: { follower: PERSON },
  },
  'commission.ordered': { description: 'You have an order to answer: its money is held.', sample: COMMISSION },
  'commission.expiring': {
    description: 'The money for an order goes back in about a day, unless you answer.',
    sample: { ...COMMISSION, actor: 'house' },
  },
  'commission.accepted': { description: 'You took an order, and its money.', sample: RESPONDED },
  'commission.declined': {
    description: 'You did not take an order.',
    sample: { ...RESPONDED, payment: 'released' },
  },
  'commission.delivered': { description: 'You handed in the work.', sample: RESPONDED },
  'commission.revision_asked': {
    description: 'A buyer wants something of the work changed.',
    sample: { ...RESPONDED, actor: 'buyer' },
  },
  'commission.closed': { description: 'An order is done.', sample: { ...RESPONDED, actor: 'buyer' } },
  'commission.cancelled': {
    description: 'A buyer took an order back before you answered.',
    sample: { ...RESPONDED, actor: 'buyer', payment: 'released' },
  },
  'commission.refunded': {
    description: 'The money for an order of yours goes back to its buyer.',
    sample: { ...RESPONDED, payment: 'refunded' },
  },
  'commission.expired': {
    description: 'An order was not answered in time; its money goes back.',
    sample: { ...RESPONDED, actor: 'house', payment: 'released' },
  },
  'plugin_user.created': { description: 'A plugin of yours has a user more.', sample: PLUGIN_USER },
  'plugin_user.deleted': {
    description:
      'A user of a plugin of yours is gone: because the plugin asked for it (`plugin`), or with their account (`account_closed`).',
    sample: { ...PLUGIN_USER, reason: 'account_closed' },
  },
} as const satisfies Record<string, Described>;

export type EventType = keyof typeof CATALOGUE;

export const EVENT_TYPES = Object.keys(CATALOGUE) as readonly EventType[];

export interface DescribedEventType extends Described {
  readonly type: EventType;
}

export const DESCRIBED_EVENT_TYPES: readonly DescribedEventType[] = EVENT_TYPES.map((type) => ({
  type,
  ...CATALOGUE[type],
}));

/** An event as it is sent: the bytes that are signed. */
export function eventBody(type: EventType | 'test', at: Date, data: JsonObject): string {
  return JSON.stringify({ type, timestamp: at.toISOString(), data });
}
