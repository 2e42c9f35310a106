import { channelsOf, type ReaderSettings } from './delivery.rules';

const NOW = new Date('2026-11-21T23:00:00Z');
const reader = (part: Partial<ReaderSettings> = {}): ReaderSettings => ({
  verified: true,
  timeZone: 'UTC',
  quietFrom: null,
  quietUntil: null,
  wish: null,
  ...part,
});

it('goes the usual ways unless the reader wants others', () => {
  expect(channelsOf({ kind: 'tip' }, reader(), NOW)).toEqual({ bell: true, mail: 'immediate' });
  const wish = { bell: false, mail: 'daily' } as const;
  expect(channelsOf({ kind: 'tip' }, reader({ wish }), NOW)).toEqual(wish);
});

it('writes to no mailbox that nobody has proven, and not twice', () => {
  expect(channelsOf({ kind: 'tip' }, reader({ verified: false }), NOW).mail).toBe('off');
  expect(channelsOf({ kind: 'security', isMailed: true }, reader(), NOW)).toEqual({ bell: true, mail: 'off' });
});

it('keeps security notices, whatever is stored', () => {
  const wish = { bell: false, mail: 'off' } as const;
  expect(channelsOf({ kind: 'security' }, reader({ wish }), NOW)).toEqual({ bell: true, mail: 'immediate' });
});

it('is quiet in the quiet hours of the reader, but for security', () => {
  const quiet = reader({ quietFrom: 22, quietUntil: 7 });
  expect(channelsOf({ kind: 'tip' }, quiet, NOW).mail).toBe('daily');
  expect(channelsOf({ kind: 'like' }, quiet, NOW).mail).toBe('off');
  expect(channelsOf({ kind: 'security' }, quiet, NOW).mail).toBe('immediate');
  expect(channelsOf({ kind: 'tip' }, { ...quiet, timeZone: 'Asia/Tokyo' }, NOW).mail).toBe('immediate');
});
