import fc from 'fast-check';
import { mergeOrder, ORDER_STATUSES, type OrderRecord, type OrderStatus } from './order.state';

const RUNS = { numRuns: 2_000 };
const CREATED: { id: number; status: OrderStatus } = { id: 7, status: 'created' };
const status = fc.constantFrom(...ORDER_STATUSES);
const merged = (statuses: readonly OrderStatus[]) =>
  statuses.reduce((known, status) => mergeOrder(known, { status }), CREATED);

it.each<[OrderStatus, OrderStatus, OrderStatus]>([
  ['created', 'attempted', 'attempted'],
  ['created', 'paid', 'paid'],
  ['attempted', 'paid', 'paid'],
  ['attempted', 'created', 'attempted'],
  ['paid', 'attempted', 'paid'],
  ['paid', 'created', 'paid'],
])('an order that is %s and told to be %s is %s', (known, told, expected) => {
  expect(mergeOrder({ status: known }, { status: told })).toEqual({ status: expected });
});

it('nothing new is the record itself', () => {
  const known: OrderRecord = { status: 'paid' };
  expect(mergeOrder(known, { status: 'attempted' })).toBe(known);
});

it('ends as the furthest of what was told, in any order', () => {
  fc.assert(
    fc.property(fc.array(status, { minLength: 1 }), (told) => {
      const furthest = Math.max(...told.map((one) => ORDER_STATUSES.indexOf(one)));
      expect(merged(told)).toEqual({ id: 7, status: ORDER_STATUSES[furthest] });
    }),
    RUNS,
  );
});
