import { cutoffsAt, lossesOf } from './retention.rules';

it('what was read goes after 90 days, anything after a year', () => {
  expect(cutoffsAt(new Date('2026-11-22T09:00:00Z'))).toEqual({
    read: new Date('2026-08-24T09:00:00Z'),
    any: new Date('2025-11-22T09:00:00Z'),
  });
});

it('counts what each box has less, those that lose alike together', () => {
  const row = (accountId: number, shown: boolean | number, unread: boolean | number) => ({ accountId, shown, unread });
  const removed = [row(1, true, false), row(2, 1, 1), row(3, 1, 0), row(2, true, false), row(4, false, false)];
  expect(lossesOf(removed)).toEqual([
    { accountIds: [1, 3], unread: 0, total: 1 },
    { accountIds: [2], unread: 1, total: 2 },
  ]);
  expect(lossesOf([])).toEqual([]);
});
