import fc from 'fast-check';
import { localDays } from '../../common/local-day';
import { paidReport, payeeReport, type ReportRow, SALES } from './ledger-report.rules';

const days = localDays('Asia/Kolkata', new Date('2026-11-02T12:00:00Z'), 2);
const bucket = (instant: string): number => Date.parse(instant) / 900_000;
const TODAY = bucket('2026-11-02T06:00:00Z');

const row = (what: ReportRow['what'], amount: number, more: Partial<ReportRow> = {}): ReportRow => ({
  bucket: what === 'balance' || what === 'parked' ? null : TODAY,
  sale: what === 'balance' || what === 'parked' ? null : 'tip',
  currency: 'INR',
  what,
  amount,
  ...more,
});

const none = { captured: 0, refunded: 0, disputed: 0, net: 0, fees: 0, taxes: 0, settled: 0 };

it('nothing is nothing on every day', () => {
  expect(payeeReport([], days)).toEqual({ currencies: [], days: [[], []] });
});

it('entries become amounts, by day, by kind and together', () => {
  const yesterday = { bucket: bucket('2026-11-01T18:00:00Z'), sale: 'subscription' as const };
  const rows = [
    row('captured', -1_000, yesterday),
    row('fees', 20, yesterday),
    row('captured', -500),
    row('refunded', 100),
    row('taxes', 3),
    row('settled', 980, yesterday),
    row('balance', -1_400),
    row('parked', -70),
  ];
  const first = { ...none, captured: 1_000, net: 1_000, fees: 20, settled: 980 };
  const second = { ...none, captured: 500, refunded: 100, net: 400, taxes: 3 };
  expect(payeeReport(rows, days)).toEqual({
    currencies: [
      {
        currency: 'INR',
        balance: 1_400,
        parked: 70,
        ...{ captured: 1_500, refunded: 100, disputed: 0, net: 1_400, fees: 20, taxes: 3, settled: 980 },
        kinds: [
          { kind: 'subscription', ...first },
          { kind: 'tip', ...second },
        ],
        differences: [
          { reason: 'awaiting_settlement', amount: 397 },
          { reason: 'fees', amount: 20 },
          { reason: 'taxes', amount: 3 },
        ],
      },
    ],
    days: [[{ currency: 'INR', ...first }], [{ currency: 'INR', ...second }]],
  });
});

it('a currency with a balance alone has moved on no day; what lies before them is left out', () => {
  const rows = [row('captured', -900, { bucket: bucket('2026-10-31T18:00:00Z') }), row('balance', -900)];
  expect(payeeReport(rows, days)).toEqual({
    currencies: [{ currency: 'INR', balance: 900, parked: 0, ...none, kinds: [], differences: [] }],
    days: [[], []],
  });
});

it('whatever was booked, days and kinds add up to the whole, and the differences to what is not settled', () => {
  const what = fc.constantFrom('captured', 'refunded', 'disputed', 'fees', 'taxes', 'settled');
  const rows = fc.array(
    fc.record({
      bucket: fc.integer({ min: days[0]?.firstBucket ?? 0, max: TODAY }),
      sale: fc.constantFrom(...SALES),
      currency: fc.constantFrom('INR', 'USD'),
      what,
      amount: fc.integer({ min: -1_000_000, max: 1_000_000 }),
    }),
  ) as fc.Arbitrary<ReportRow[]>;
  fc.assert(
    fc.property(rows, (booked) => {
      const report = payeeReport(booked, days);
      for (const { currency, kinds, differences, net, settled, captured } of report.currencies) {
        const ofDays = report.days.flat().filter((day) => day.currency === currency);
        for (const parts of [kinds, ofDays]) {
          expect(parts.reduce((sum, part) => sum + part.net, 0)).toBe(net);
          expect(parts.reduce((sum, part) => sum + part.captured, 0)).toBe(captured);
        }
        expect(differences.reduce((sum, { amount }) => sum + amount, 0)).toBe(net - settled);
      }
    }),
  );
});

it('what was paid, and came back, by currency', () => {
  expect(
    paidReport([
      { currency: 'USD', sale: 'tip', kind: 'capture', amount: -300 },
      { currency: 'INR', sale: 'tip', kind: 'refund', amount: 50 },
      { currency: 'INR', sale: 'tip', kind: 'capture', amount: -200 },
      { currency: 'INR', sale: 'one_time', kind: 'capture', amount: -1_000 },
    ]),
  ).toEqual([
    {
      currency: 'INR',
      paid: 1_200,
      refunded: 50,
      kinds: [
        { kind: 'one_time', paid: 1_000, refunded: 0 },
        { kind: 'tip', paid: 200, refunded: 50 },
      ],
    },
    { currency: 'USD', paid: 300, refunded: 0, kinds: [{ kind: 'tip', paid: 300, refunded: 0 }] },
  ]);
});
