import type { Channels, NotificationKind } from '../kind/notification-kind.rules';
import type { KindPreference } from './dto/preference.request';
import { changesOf, channelsOfAll, inDigest } from './preference.rules';

const none = new Map<NotificationKind, Channels>();

const fieldsOf = (requested: KindPreference[]): unknown => {
  try {
    return changesOf(requested, none);
  } catch (error) {
    return (error as { details: { fields: unknown } }).details.fields;
  }
};

it('changes what is named, and of it only what is said', () => {
  expect(changesOf([{ kind: 'like', bell: false }], none)).toEqual([['like', { bell: false, mail: 'off' }]]);
  const wished = new Map([['like', { bell: false, mail: 'daily' }]] as const);
  expect(changesOf([{ kind: 'like', bell: true }], wished)).toEqual([['like', { bell: true, mail: 'daily' }]]);
});

it('takes security notices as they are, and not otherwise', () => {
  expect(
    fieldsOf(
      [{ kind: 'security', bell: true, mail: 'immediate' }, { kind: 'security' }].slice(0, 1) as KindPreference[],
    ),
  ).toEqual([]);
  const words = ["Security notices can't be muted."];
  expect(fieldsOf([{ kind: 'like' }, { kind: 'security', bell: false }])).toEqual({
    preferences: { 1: { bell: words } },
  });
  for (const mail of ['off', 'daily'] as const) {
    expect(fieldsOf([{ kind: 'security', mail }])).toEqual({ preferences: { 0: { mail: words } } });
  }
  const stored = new Map([['security', { bell: false, mail: 'off' }]] as const);
  expect(channelsOfAll(stored).get('security')).toEqual({ bell: true, mail: 'immediate' });
});

it('refuses a kind that is named twice', () => {
  expect(fieldsOf([{ kind: 'like' }, { kind: 'like' }])).toEqual({
    preferences: { 1: { kind: ['This kind is named twice.'] } },
  });
});

it('knows what may stand in a daily mail', () => {
  expect(inDigest(none, false)).toEqual(['follow', 'comment', 'reply', 'post', 'member', 'payment-failed']);
  expect(inDigest(none, true)).toContain('tip');
  expect(inDigest(none, true)).not.toContain('security');
});
