import type { DueDelivery } from './delivery-queue.repository';
import { setsOf } from './delivery-set';

const due = (count: number, source = 'one', from = 1): DueDelivery[] =>
  Array.from({ length: count }, (_, index) => ({ id: from + index, source }) as DueDelivery);
const ids = (deliveries: readonly DueDelivery[], most: number): number[][] =>
  setsOf(deliveries, most).map((set) => set.deliveries.map(({ id }) => id));

it('gives each of a few a hand of its own', () => {
  expect(ids(due(3), 8)).toEqual([[1], [2], [3]]);
  expect(ids([], 8)).toEqual([]);
});

it('puts many together, as many in one hand as in another', () => {
  expect(ids(due(9), 4)).toEqual([
    [1, 2, 3],
    [4, 5, 6],
    [7, 8, 9],
  ]);
  expect(ids(due(4), 1)).toEqual([[1, 2, 3, 4]]);
  expect(setsOf(due(256), 8).map(({ id }) => id)).toEqual([1, 33, 65, 97, 129, 161, 193, 225]);
});

it('keeps sources apart', () => {
  const mixed = [...due(2), ...due(2, 'other', 3)];
  expect(setsOf(mixed, 1).map(({ source, deliveries }) => [source, deliveries.map(({ id }) => id)])).toEqual([
    ['one', [1, 2]],
    ['other', [3, 4]],
  ]);
});
