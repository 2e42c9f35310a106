import { Database, statement } from '../../../src/infra/database/database';
import { UnitOfWork } from '../../../src/infra/database/unit-of-work';
import { captureEntries, type Entry, feeEntries, refundEntries } from '../../../src/payment/ledger/ledger.rules';
import type { LedgerService } from '../../../src/payment/ledger/ledger.service';
import { startTestApp, type TestApp } from '../../setup/test-app';
import { ledgerOf } from './ledger.kit';

const AT_ONCE = 50;
const PATIENCE_MS = 60_000;

const COUNT = statement(
  'test.ledger-count',
  `select count(*) as count from ledger_entry e join ledger_transaction t on t.id = e.transaction_id
    where t.source = $1`,
);

let app: TestApp;
let ledger: LedgerService;

beforeAll(async () => {
  app = await startTestApp();
  ledger = ledgerOf(app);
});

afterEach(async () => expect(await ledger.check()).toEqual({ unbalanced: [], drifted: [] }));

const at = new Date('2026-03-01T10:00:00Z');
const all = <T>(call: (i: number) => Promise<T>) => Promise.all(Array.from({ length: AT_ONCE }, (_, i) => call(i)));

function capture(source: string, payeeId: number, amount: number): Promise<boolean> {
  const fee = { fee: 3, tax: 1 };
  return ledger.book({
    kind: 'capture',
    source,
    currency: 'INR',
    occurredAt: at,
    entries: captureEntries({ amount, payeeId, fee }),
  });
}

it(
  'one source booked 50 times at once is booked once',
  async () => {
    const booked = await all(() => capture('capture:pay_same', 1, 100));
    expect(booked.filter(Boolean)).toEqual([true]);
    expect(await ledger.balances(1)).toEqual([{ currency: 'INR', amount: 100 }]);
    expect(await app.get(Database).first(COUNT, ['capture:pay_same'])).toEqual({ count: 4 });
  },
  PATIENCE_MS,
);

it(
  'one source booked 50 times at once, where whoever comes first gives up, is booked once',
  async () => {
    const unitOfWork = app.get(UnitOfWork);
    const outcomes = await Promise.allSettled(
      Array.from({ length: AT_ONCE }, (_, i) =>
        unitOfWork.run(async () => {
          const booked = await capture('capture:pay_given_up', 2, 100);
          if (booked && i % 2 === 0) throw new Error('Gives up');
          return booked;
        }),
      ),
    );
    const booked = outcomes.filter((outcome) => outcome.status === 'fulfilled' && outcome.value);
    const strange = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [String(outcome.reason)] : []));
    expect(strange.filter((reason) => reason !== 'Error: Gives up')).toEqual([]);
    expect(booked).toHaveLength(1);
    expect(await ledger.balances(2)).toEqual([{ currency: 'INR', amount: 100 }]);
  },
  PATIENCE_MS,
);

it(
  '50 sources at once on one balance: the sum is exact',
  async () => {
    expect(new Set(await all((i) => capture(`capture:pay_${i}`, 3, 100 + i)))).toEqual(new Set([true]));
    expect(await ledger.balances(3)).toEqual([{ currency: 'INR', amount: 50 * 100 + (49 * 50) / 2 }]);
  },
  PATIENCE_MS,
);

it(
  '50 units of work that book a capture, its fee and a refund leave exact sums',
  async () => {
    const unitOfWork = app.get(UnitOfWork);
    const book = (kind: string, i: number, entries: Entry[]) =>
      ledger.book({ kind, source: `${kind}:unit_${i}`, currency: 'INR', occurredAt: at, entries });
    await all((i) =>
      unitOfWork.run(async () => {
        const payeeId = 10 + (i % 5);
        await book('capture', i, captureEntries({ amount: 100, payeeId }));
        await book('fee', i, feeEntries({ fee: 3, tax: 1, bornBy: payeeId }));
        await book('refund', i, refundEntries({ amount: 40, payeeId }));
      }),
    );
    for (const creator of [10, 11, 12, 13, 14]) {
      expect(await ledger.balances(creator)).toEqual([{ currency: 'INR', amount: 10 * 60 }]);
    }
  },
  PATIENCE_MS,
);
