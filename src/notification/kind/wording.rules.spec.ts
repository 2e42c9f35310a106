import { KINDS } from './notification-kind.rules';
import { type Said, wordsOf } from './wording.rules';

const said = (part: Partial<Said>): Said => ({
  kind: 'like',
  actor: 'zoe',
  title: 'Hats',
  tier: 'Gold',
  formerTier: 'Silver',
  data: {},
  ...part,
});

it.each<[Partial<Said>, string]>([
  [{ kind: 'follow' }, 'zoe started following you.'],
  [{ kind: 'like' }, 'zoe liked “Hats”.'],
  [{ kind: 'like', title: null }, 'zoe liked a post.'],
  [{ kind: 'comment', actor: null }, 'Somebody commented on “Hats”.'],
  [{ kind: 'tip', data: { amount: 34800, currency: 'INR' } }, 'zoe tipped you INR 348.00.'],
  [{ kind: 'member', tier: null }, 'zoe joined a tier.'],
  [
    { kind: 'grace', data: { access_until: '2027-05-14T02:30:00.000Z' } },
    'Your membership of “Gold” was not renewed. You keep access until 2027-05-14 02:30 UTC: pay by then.',
  ],
  [
    { kind: 'grace', data: { access_until: null } },
    'Your membership of “Gold” was not renewed. Pay to have access again.',
  ],
  [{ kind: 'membership-changed' }, 'Your membership of “Silver” is one of “Gold” now.'],
  [{ kind: 'enrolment', data: { event: 'started', course: 'Hat making' } }, 'You are enrolled in Hat making.'],
  [{ kind: 'security', data: { event: 'new-device' } }, 'Your account was signed in to from a new device.'],
  [{ kind: 'commission', data: { event: 'delivered', title: 'A hat' } }, 'zoe delivered “A hat”.'],
  [{ kind: 'commission', data: { event: 'parade' } }, 'There is news for you.'],
  [
    { title: 'Hats\r\n\r\nHello,\u2028\u202eyour account is locked' },
    'zoe liked “Hats Hello, your account is locked”.',
  ],
])('says %o', (part, sentence) => {
  expect(wordsOf(said(part)).description).toBe(sentence);
});

it('has words for every kind, whatever is missing', () => {
  for (const kind of KINDS) {
    const { verb, description } = wordsOf({ kind, actor: null, title: null, tier: null, formerTier: null, data: {} });
    expect([kind, verb.length > 0, description.length > 0]).toEqual([kind, true, true]);
    expect(description).not.toMatch(/undefined|null|NaN/);
  }
});
