import fc from 'fast-check';
import {
  assignEntries,
  captureEntries,
  changesOf,
  disputeEntries,
  type DisputeStep,
  type Entry,
  faultOf,
  feeEntries,
  HOUSE,
  LEDGER_ACCOUNTS,
  refundEntries,
  settlementEntries,
} from './ledger.rules';

const RUNS = { numRuns: 2_000 };
const CREATOR = 7;

const entry = (account: Entry['account'], amount: number, ownerId = HOUSE): Entry => ({ account, ownerId, amount });

it('a capture owes the creator all of it; the house bears the fee', () => {
  expect(captureEntries({ amount: 10_000, payeeId: CREATOR, fee: { fee: 236, tax: 36 } })).toEqual([
    entry('creator', -10_000, CREATOR),
    entry('gateway', 9_764),
    entry('gateway_fee', 200),
    entry('gateway_tax', 36),
  ]);
});

it('a fee that is known later leaves the same behind', () => {
  const fee = { fee: 236, tax: 36 };
  const [first, second] = [captureEntries({ amount: 10_000, payeeId: CREATOR }), feeEntries(fee)];
  expect(first).toEqual([entry('creator', -10_000, CREATOR), entry('gateway', 10_000)]);
  expect(changesOf([...first, ...second])).toEqual(captureEntries({ amount: 10_000, payeeId: CREATOR, fee }));
});

it('a fee may be borne by another than the house', () => {
  expect(feeEntries({ fee: 236, tax: 36, bornBy: CREATOR })).toEqual([
    entry('gateway', -236),
    entry('gateway_fee', 200, CREATOR),
    entry('gateway_tax', 36, CREATOR),
  ]);
});

it('no tax is no entry, and no fee nothing to book', () => {
  expect(feeEntries({ fee: 10, tax: 0 })).toEqual([entry('gateway', -10), entry('gateway_fee', 10)]);
  expect(feeEntries({ fee: 0, tax: 0 })).toEqual([]);
});

it('what nobody is known for is parked until it is assigned', () => {
  const parked = captureEntries({ amount: 500, payeeId: null });
  expect(parked).toEqual([entry('gateway', 500), entry('parked', -500)]);
  const assigned = assignEntries({ amount: 500, payeeId: CREATOR });
  expect(assigned).toEqual([entry('creator', -500, CREATOR), entry('parked', 500)]);
  expect(changesOf([...parked, ...assigned])).toEqual([
    entry('creator', -500, CREATOR),
    entry('gateway', 500),
    entry('parked', 0),
  ]);
});

it('a refund takes from the creator, or from what is parked', () => {
  expect(refundEntries({ amount: 300, payeeId: CREATOR })).toEqual([
    entry('creator', 300, CREATOR),
    entry('gateway', -300),
  ]);
  expect(refundEntries({ amount: 300, payeeId: null })).toEqual([entry('gateway', -300), entry('parked', 300)]);
});

describe('a dispute', () => {
  const after = (...steps: DisputeStep[]) =>
    changesOf(steps.flatMap((step) => disputeEntries(step, { amount: 400, payeeId: CREATOR }))).filter(
      ({ amount }) => amount !== 0,
    );

  it('keeps the money from the creator', () => {
    expect(after('hold')).toEqual([entry('creator', 400, CREATOR), entry('dispute', -400)]);
    expect(after('hold', 'deduct')).toEqual([entry('creator', 400, CREATOR), entry('gateway', -400)]);
  });

  it('leaves nothing behind when it is won', () => {
    expect(after('hold', 'release')).toEqual([]);
    expect(after('hold', 'deduct', 'release', 'return')).toEqual([]);
  });
});

it('a settlement moves money from the gateway to the bank, adjustments included', () => {
  expect(settlementEntries({ amount: 900 })).toEqual([entry('bank', 900), entry('gateway', -900)]);
  expect(settlementEntries({ amount: 900, adjustments: -50 })).toEqual([
    entry('adjustment', 50),
    entry('bank', 900),
    entry('gateway', -950),
  ]);
  expect(settlementEntries({ amount: -30 })).toEqual([entry('bank', -30), entry('gateway', 30)]);
});

it.each([NaN, Infinity, 0.5, 2 ** 53])('%j is no amount', (amount) => {
  expect(() => captureEntries({ amount, payeeId: CREATOR })).toThrow(RangeError);
  expect(() => feeEntries({ fee: amount, tax: 0 })).toThrow(RangeError);
});

it.each<[Entry[], string | undefined]>([
  [[entry('bank', 1), entry('gateway', -1)], undefined],
  [[], 'has no entries'],
  [[entry('bank', 0), entry('gateway', 0)], 'has an entry of zero'],
  [[entry('bank', 1), entry('gateway', -2)], 'does not sum to zero, but to -1'],
  [[entry('bank', 0.5), entry('gateway', -0.5)], 'has an amount that is no safe integer'],
  [[entry('bank', 2 ** 53), entry('gateway', -(2 ** 53))], 'has an amount that is no safe integer'],
])('%j: %s', (entries, fault) => expect(faultOf(entries)).toBe(fault));

describe('whatever the amounts', () => {
  const amount = fc.oneof(fc.integer({ min: 1, max: 10_000 }), fc.integer({ min: 1, max: 2 ** 50 }));
  const payeeId = fc.option(fc.integer({ min: 1, max: 3 }));
  const fee = fc.record({ fee: fc.nat(1_000), tax: fc.nat(1_000), bornBy: fc.constantFrom(HOUSE, CREATOR) });
  const step = fc.constantFrom<DisputeStep>('hold', 'release', 'deduct', 'return');
  const booking = fc.oneof(
    fc.record({ amount, payeeId, fee: fc.option(fee, { nil: undefined }) }).map(captureEntries),
    fee.map(feeEntries),
    fc.record({ amount, payeeId }).map(refundEntries),
    fc.tuple(step, fc.record({ amount, payeeId })).map(([which, what]) => disputeEntries(which, what)),
    fc.record({ amount: fc.integer(), adjustments: fc.integer() }).map(settlementEntries),
    fc.record({ amount, payeeId: fc.integer({ min: 1, max: 3 }) }).map(assignEntries),
  );

  it('every booking sums to zero, in safe integers and without entries of zero', () => {
    fc.assert(
      fc.property(booking, (entries) => {
        expect(entries.length === 0 ? undefined : faultOf(entries)).toBeUndefined();
        expect(entries.every(({ account }) => LEDGER_ACCOUNTS.includes(account))).toBe(true);
      }),
      RUNS,
    );
  });

  it('balances are locked in one order, each once', () => {
    const place = ({ account, ownerId }: Entry) => `${account} ${String(ownerId).padStart(9, '0')}`;
    fc.assert(
      fc.property(fc.array(booking), (bookings) => {
        const places = changesOf(bookings.flat()).map(place);
        expect(places).toEqual([...new Set(bookings.flat().map(place))].sort());
      }),
      RUNS,
    );
  });
});
