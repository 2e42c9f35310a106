import fc from 'fast-check';
import { leadsTo } from '../forward.rules';
import {
  mergePayment,
  PAYMENT_MOVES,
  PAYMENT_STATUSES,
  type PaymentRecord,
  type PaymentSnapshot,
  type PaymentStatus,
  UNSEEN_PAYMENT,
} from './payment.state';

const RUNS = { numRuns: 3_000 };
const PLAIN: PaymentSnapshot = {
  status: 'created',
  captured: false,
  amountRefunded: 0,
  fee: null,
  tax: null,
  method: null,
  errorCode: null,
  errorDescription: null,
};
const told = (changes: Partial<PaymentSnapshot>): PaymentSnapshot => ({ ...PLAIN, ...changes });
const merged = (snapshots: readonly PaymentSnapshot[]): PaymentRecord =>
  snapshots.reduce((known, snapshot) => mergePayment(known, snapshot), UNSEEN_PAYMENT);

const FAILURE = { status: 'failed', errorCode: 'BAD_REQUEST_ERROR', errorDescription: 'Declined.' } as const;
const CAPTURE = { status: 'captured', captured: true, fee: 236, tax: 36, method: 'upi' } as const;

it.each<[PaymentStatus, PaymentStatus, PaymentStatus]>([
  ['created', 'failed', 'failed'],
  ['created', 'refunded', 'refunded'],
  ['failed', 'created', 'failed'],
  ['failed', 'authorized', 'authorized'],
  ['failed', 'captured', 'captured'],
  ['authorized', 'failed', 'authorized'],
  ['authorized', 'captured', 'captured'],
  ['authorized', 'refunded', 'refunded'],
  ['captured', 'authorized', 'captured'],
  ['captured', 'failed', 'captured'],
  ['captured', 'refunded', 'refunded'],
  ['refunded', 'captured', 'refunded'],
])('a payment that is %s and told to be %s is %s', (known, next, expected) => {
  expect(mergePayment({ ...UNSEEN_PAYMENT, status: known }, told({ status: next })).status).toBe(expected);
});

it('a failure is forgotten when the bank says yes after all, and does not come back', () => {
  const failed = merged([told(FAILURE)]);
  expect(failed).toMatchObject(FAILURE);
  const paid = merged([told(FAILURE), told(CAPTURE), told(FAILURE)]);
  expect(paid).toEqual({ ...UNSEEN_PAYMENT, ...CAPTURE, errorCode: null, errorDescription: null });
});

it('the fee is filled in once it is known, with its tax, and stays', () => {
  const unknown = merged([told({ ...CAPTURE, fee: null, tax: null })]);
  expect(unknown).toMatchObject({ fee: null, tax: null });
  const known = mergePayment(unknown, told({ ...CAPTURE, tax: null }));
  expect(known).toMatchObject({ fee: 236, tax: 0 });
  expect(mergePayment(known, told({ ...CAPTURE, fee: 500, tax: 90 }))).toBe(known);
  expect(merged([told({ status: 'authorized', fee: 236, tax: 36 })])).toMatchObject({ fee: null, tax: null });
});

it('what was given back before anybody captured it was never ours', () => {
  const returned = told({ status: 'refunded', amountRefunded: 100 });
  expect(merged([told({ status: 'authorized' }), returned])).toMatchObject({ captured: false, refundedAmount: 100 });
  expect(merged([returned, told(CAPTURE)])).toMatchObject({ status: 'refunded', captured: true });
});

it('what is refunded only grows', () => {
  const half = { ...CAPTURE, amountRefunded: 50 };
  expect(merged([told(half), told(CAPTURE)])).toMatchObject({ status: 'captured', refundedAmount: 50 });
});

/** A life: it fails or not, is captured or given back, its fee becomes known at some moment, refunds come in steps. */
const life = fc
  .record({
    ways: fc.constantFrom<PaymentStatus[]>(
      ['created', 'failed'],
      ['created', 'failed', 'authorized', 'captured'],
      ['created', 'failed', 'captured'],
      ['created', 'authorized', 'captured'],
      ['created', 'authorized', 'captured', 'captured', 'captured'],
      ['created', 'authorized', 'captured', 'captured', 'refunded'],
      ['created', 'authorized', 'captured', 'refunded'],
      ['authorized', 'refunded'],
    ),
    fee: fc.integer({ min: 0, max: 500 }),
    feeSince: fc.nat({ max: 5 }),
    methodSince: fc.nat({ max: 2 }),
    refunds: fc.array(fc.integer({ min: 0, max: 99 }), { minLength: 5, maxLength: 5 }),
  })
  .map(({ ways, fee, feeSince, methodSince, refunds }) => {
    const steps = refunds.sort((a, b) => a - b);
    const kept = ways.includes('captured');
    return ways.map((status, i): PaymentSnapshot => {
      const captured = kept && (status === 'captured' || status === 'refunded');
      const feeKnown = captured && i >= feeSince;
      return told({
        ...(status === 'failed' ? FAILURE : { status }),
        captured,
        fee: feeKnown ? fee : null,
        tax: feeKnown ? Math.floor(fee / 7) : null,
        method: i >= methodSince ? 'card' : null,
        amountRefunded: status === 'refunded' ? 100 : captured ? steps[i]! : 0,
      });
    });
  });

it('ends as its life did, told in any order and repeatedly, and with losses once the end is fetched', () => {
  const heard = life.chain((snapshots) =>
    fc.record({
      snapshots: fc.constant(snapshots),
      some: fc.array(fc.constantFrom(...snapshots)),
      all: fc.shuffledSubarray([...snapshots, ...snapshots, ...snapshots], { minLength: 3 * snapshots.length }),
    }),
  );
  fc.assert(
    fc.property(heard, ({ snapshots, some, all }) => {
      const truth = merged(snapshots);
      expect(merged(all)).toEqual(truth);
      expect(merged([...some, snapshots.at(-1)!])).toEqual(truth);
      expect(truth.status).toBe(snapshots.at(-1)!.status);
    }),
    RUNS,
  );
});

it('never moves backwards, whatever it is told', () => {
  const any = fc.record<PaymentSnapshot>({
    status: fc.constantFrom(...PAYMENT_STATUSES),
    captured: fc.boolean(),
    amountRefunded: fc.nat(100),
    fee: fc.option(fc.nat(100)),
    tax: fc.option(fc.nat(100)),
    method: fc.option(fc.constantFrom('upi', 'card')),
    errorCode: fc.option(fc.constant('x')),
    errorDescription: fc.option(fc.constant('y')),
  });
  fc.assert(
    fc.property(fc.array(any), any, (before, last) => {
      const known = merged(before);
      const next = mergePayment(known, last);
      expect(next.status === known.status || leadsTo(PAYMENT_MOVES, known.status, next.status)).toBe(true);
      expect(next.refundedAmount).toBeGreaterThanOrEqual(known.refundedAmount);
      expect(next.captured || !known.captured).toBe(true);
      expect(known.fee ?? next.fee).toBe(next.fee);
      expect(mergePayment(next, last)).toBe(next);
    }),
    RUNS,
  );
});
