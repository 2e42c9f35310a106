import type { CommissionPayload } from '../../commission/events/commission.event';
import type { RefundProcessedPayload } from '../../payment/events/refund-processed.event';
import type { MembershipPayload } from '../../subscription/events/membership.event';
import { type CommissionEventType, commissionEvent } from './commission-event.rules';
import { commentEvent, followEvent, likeEvent, postEvent } from './content-event.rules';
import { DESCRIBED_EVENT_TYPES, EVENT_TYPES, eventBody } from './event-type.rules';
import {
  bankDetailsEvent,
  disputeEvent,
  membershipEvent,
  refundEvent,
  tierCoursesEvent,
  tipEvent,
} from './money-event.rules';
import type { OutgoingEvent } from './outgoing-event';
import { pluginUserCreatedEvent, pluginUserDeletedEvent } from './plugin-event.rules';

const AT = '2026-03-01T12:00:00.000Z';
const CREATOR = 7001;
const PAYER = 9001;

const membership: MembershipPayload = {
  membership_id: 1,
  account_id: PAYER,
  creator_id: CREATOR,
  tier_id: 2,
  access_until: null,
  at: AT,
};
const refund: RefundProcessedPayload = {
  refund_id: 1,
  payment_id: 2,
  order_id: 3,
  mandate_id: null,
  purpose: 'tip',
  reference: 'tip-4',
  payee_id: CREATOR,
  amount: 100,
  currency: 'INR',
  refunded_amount: 100,
  payment_amount: 200,
};
const dispute = { ...refund, dispute_id: 5, status: 'open' } as const;
const tip = { tip_id: 1, creator_id: CREATOR, account_id: null, amount: 100, currency: 'INR', at: AT };
const commission: CommissionPayload = {
  order_id: 1,
  offer_id: 2,
  title: 'A portrait',
  creator_id: CREATOR,
  buyer_id: PAYER,
  actor: 'buyer',
  payment: 'authorized',
  amount: 100,
  currency: 'INR',
  due_at: null,
  at: AT,
};

const pluginUser = { plugin_id: 3, owner_id: CREATOR, plugin_user_id: 41, at: AT };

const isOfCommission = (type: string): type is CommissionEventType => type.startsWith('commission.');

const EVENTS: readonly (OutgoingEvent | undefined)[] = [
  membershipEvent('started', membership),
  membershipEvent('changed', { ...membership, previous_tier_id: 1 }),
  membershipEvent('ended', membership),
  tipEvent(tip),
  refundEvent(refund),
  disputeEvent(dispute),
  bankDetailsEvent({ account_id: CREATOR, change: 'changed', at: AT }),
  tierCoursesEvent({ tier_id: 2, creator_id: CREATOR, at: AT }),
  postEvent({ post_id: 1, creator_id: CREATOR }),
  commentEvent({ comment_id: 1, post_id: 2, creator_id: CREATOR, author_id: PAYER, parent_id: null }),
  likeEvent({ like_id: 1, post_id: 2, creator_id: CREATOR, account_id: PAYER }),
  followEvent({ follower_id: PAYER, creator_id: CREATOR }),
  pluginUserCreatedEvent(pluginUser),
  pluginUserDeletedEvent({ ...pluginUser, reason: 'plugin' }),
  ...EVENT_TYPES.filter(isOfCommission).map((type) => commissionEvent(type, commission)),
];

it('every event is described, and its sample has what it holds', () => {
  expect(EVENTS.map((event) => event?.type).sort()).toEqual([...EVENT_TYPES].sort());
  for (const { type, sample, description } of DESCRIBED_EVENT_TYPES) {
    const event = EVENTS.find((one) => one?.type === type);
    const members = [...Object.keys(event?.data ?? {}), ...(event?.person === undefined ? [] : [event.person.as])];
    expect([type, members.sort()]).toEqual([type, Object.keys(sample).sort()]);
    expect(description).toMatch(/\.$/);
    expect(type).toMatch(/^[a-z_]+\.[a-z_]+$/);
  }
});

it('an event is for the creator or developer whom it concerns', () => {
  expect(EVENTS.map((event) => event?.ownerId)).toEqual(EVENTS.map(() => CREATOR));
});

it('money that goes back does not tell who paid it, and is told where somebody was paid', () => {
  for (const event of [refundEvent(refund), disputeEvent(dispute)]) {
    expect(event?.person).toBeUndefined();
    expect(Object.keys(event?.data ?? {})).not.toContain('reference');
  }
  expect(refundEvent({ ...refund, payee_id: null })).toBeUndefined();
  expect(disputeEvent({ ...dispute, payee_id: null })).toBeUndefined();
});

it('who tips and wants to stay unknown does', () => {
  expect(tipEvent(tip).person).toEqual({ as: 'tipper', id: null });
});

it('of an order that nobody has paid its creator does not hear', () => {
  expect(commissionEvent('commission.expired', { ...commission, payment: 'unpaid' })).toBeUndefined();
});

it('the body is what the specification says', () => {
  expect(eventBody('post.published', new Date(AT), { post_id: 1 })).toBe(
    `{"type":"post.published","timestamp":"${AT}","data":{"post_id":1}}`,
  );
});
