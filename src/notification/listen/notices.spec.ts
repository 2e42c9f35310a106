import type { EnrolmentChangedPayload } from '../../enrollment-webhook/events/enrolment-changed.event';
import type { CommissionPayload } from '../../commission/events/commission.event';
import { commissionNotice, toldOf } from './commission-notice.rules';
import { followNotice } from './content-notice.rules';
import { enrolmentNotice } from './enrolment-notice.rules';
import { bankDetailsNotice, securityNotice } from './security-notice.rules';

type State = EnrolmentChangedPayload['after'];

const state = (status: State['status']): State => ({ status, mode: 'audit', expires_at: null, sources: [] });
const changed = (before: State | null, after: State): EnrolmentChangedPayload => ({
  enrolment_id: 3,
  account_id: 1,
  course: { id: 9, course_id: 'course-v1:a+b+c', display_name: 'Hat making' },
  before,
  after,
  source: 'webhook',
  at: '2026-11-21T09:00:00.000Z',
});
const security = { account_id: 1, session_id: 2, ip: '', user_agent: '', at: '' };

it('tells a learner of what begins and ends, and not of dates and modes', () => {
  const events = [
    [null, 'active'],
    ['active', 'suspended'],
    ['suspended', 'active'],
    ['active', 'ended'],
    ['ended', 'active'],
    ['active', 'active'],
    [null, 'ended'],
  ] as const;
  expect(
    events.map(([before, after]) => enrolmentNotice(changed(before && state(before), state(after)))?.data?.event),
  ).toEqual(['started', 'suspended', 'started', 'ended', 'started', undefined, undefined]);
});

it('leaves to others what they mail', () => {
  const mailed = (['refresh-reused', 'new-device', 'password-changed', 'password-reset'] as const).map(
    (kind) => securityNotice({ ...security, kind }, 'f').isMailed ?? false,
  );
  expect(mailed).toEqual([true, false, true, true]);
  expect(bankDetailsNotice({ account_id: 1, change: 'changed', at: '' }, 'f').isMailed).toBe(true);
});

it('tells of a follower once', () => {
  expect(followNotice({ follower_id: 5, creator_id: 6 }).factKey).toBe('follow:5');
});

describe('of a commission', () => {
  const order = (part: Partial<CommissionPayload>): CommissionPayload => ({
    order_id: 4,
    offer_id: 2,
    title: 'A hat',
    creator_id: 1,
    buyer_id: 2,
    actor: 'buyer',
    payment: 'authorized',
    amount: 100,
    currency: 'INR',
    due_at: null,
    at: '2026-11-21T09:00:00.000Z',
    ...part,
  });

  it('hears whoever did not do it, and both of what the house does', () => {
    expect(toldOf('ordered', order({}))).toEqual([1]);
    expect(toldOf('accepted', order({ actor: 'creator', payment: 'captured' }))).toEqual([2]);
    expect(toldOf('revision-asked', order({}))).toEqual([1]);
    expect(toldOf('expired', order({ actor: 'house' }))).toEqual([1, 2]);
    expect(toldOf('expiring', order({ actor: 'house' }))).toEqual([1]);
    expect(toldOf('declined', order({ actor: 'creator', buyer_id: null }))).toEqual([]);
  });

  it('no creator hears of what was never paid', () => {
    expect(toldOf('cancelled', order({ payment: 'unpaid' }))).toEqual([]);
    expect(toldOf('expired', order({ actor: 'house', payment: 'unpaid' }))).toEqual([2]);
    expect(toldOf('admitted', order({ actor: 'house', payment: 'unpaid' }))).toEqual([2]);
  });

  it('names who did it', () => {
    expect([
      commissionNotice('ordered', order({})).actorId,
      commissionNotice('accepted', order({ actor: 'creator' })).actorId,
      commissionNotice('expired', order({ actor: 'house' })).actorId,
    ]).toEqual([2, 1, null]);
  });
});
