import { localDays } from '../../common/local-day';
import { tierSeries } from './tier-members.rules';

const days = localDays('Asia/Kathmandu', new Date('2026-11-03T12:00:00Z'), 3);
const bucket = (instant: string): number => Date.parse(instant) / 900_000;
const gold = { tier: 7, name: 'Gold' };

it('says how many there are when each day ends', () => {
  // Midnight in Kathmandu is 18:15 in UTC.
  const moves = [
    { ...gold, bucket: days[0]?.firstBucket ?? 0, difference: 5 },
    { ...gold, bucket: bucket('2026-11-01T18:00:00Z'), difference: -1 },
    { ...gold, bucket: bucket('2026-11-01T18:15:00Z'), difference: 3 },
    { ...gold, bucket: bucket('2026-11-03T12:00:00Z'), difference: -2 },
  ];
  expect(tierSeries(days, moves)).toEqual([{ ...gold, members: [4, 7, 5] }]);
});

it('a tier that nobody ever joined has nobody, and tiers keep their order', () => {
  const silver = { tier: 9, name: 'Silver' };
  expect(
    tierSeries(days, [
      { ...silver, bucket: null, difference: 0 },
      { ...gold, bucket: days[2]?.firstBucket ?? 0, difference: 1 },
    ]),
  ).toEqual([
    { ...silver, members: [0, 0, 0] },
    { ...gold, members: [0, 0, 1] },
  ]);
  expect(tierSeries(days, [])).toEqual([]);
});
