import fc from 'fast-check';
import { mergeRefund, REFUND_STATUSES, type RefundRecord, type RefundStatus } from './refund.state';

const RUNS = { numRuns: 2_000 };
const REQUESTED: RefundRecord = { status: 'requested' };
const merged = (statuses: readonly RefundStatus[]) =>
  statuses.reduce((known, status) => mergeRefund(known, { status }), REQUESTED);

it.each<[RefundStatus, RefundStatus, RefundStatus]>([
  ['requested', 'pending', 'pending'],
  ['requested', 'processed', 'processed'],
  ['requested', 'failed', 'failed'],
  ['pending', 'requested', 'pending'],
  ['pending', 'processed', 'processed'],
  ['pending', 'failed', 'failed'],
  ['processed', 'pending', 'processed'],
  ['processed', 'failed', 'processed'],
  ['failed', 'pending', 'failed'],
  ['failed', 'processed', 'failed'],
])('a refund that is %s and told to be %s is %s', (known, told, expected) => {
  expect(mergeRefund({ status: known }, { status: told })).toEqual({ status: expected });
});

it('nothing new is the record itself', () => {
  const known: RefundRecord = { status: 'processed' };
  expect(mergeRefund(known, { status: 'pending' })).toBe(known);
});

it('ends alike, whatever the order of what was told, and however often', () => {
  const end = fc.constantFrom<RefundStatus>('processed', 'failed');
  const life = end.chain((last) => {
    const told = fc.constantFrom(...REFUND_STATUSES.slice(0, 2), last);
    return fc.record({ last: fc.constant(last), told: fc.array(told) });
  });
  fc.assert(
    fc.property(life, ({ last, told }) => {
      const furthest = Math.max(0, ...told.map((one) => REFUND_STATUSES.indexOf(one)));
      expect(merged(told)).toEqual({ status: REFUND_STATUSES[furthest] });
      expect(merged([...told, last])).toEqual({ status: last });
    }),
    RUNS,
  );
});
