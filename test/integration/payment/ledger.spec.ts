import { randomUUID } from 'node:crypto';
import { Database, statement } from '../../../src/infra/database/database';
import { UnitOfWork } from '../../../src/infra/database/unit-of-work';
import { LedgerJob } from '../../../src/payment/ledger/ledger.job';
import {
  assignEntries,
  captureEntries,
  type Entry,
  feeEntries,
  HOUSE,
  refundEntries,
} from '../../../src/payment/ledger/ledger.rules';
import type { Booking, LedgerService } from '../../../src/payment/ledger/ledger.service';
import { startTestApp, type TestApp } from '../../setup/test-app';
import { ledgerOf } from './ledger.kit';

const ENTRIES = statement(
  'test.ledger-entries',
  `select e.account, e.owner_id as "ownerId", e.currency, e.amount from ledger_entry e
    join ledger_transaction t on t.id = e.transaction_id where t.source = $1 order by e.id`,
);
const SPOIL_ENTRY = statement('test.spoil-entry', 'update ledger_entry set amount = amount + 1 where amount = $1');
const MEND_ENTRY = statement('test.mend-entry', 'update ledger_entry set amount = amount - 1 where amount = $1');

let app: TestApp;
let ledger: LedgerService;
let unitOfWork: UnitOfWork;
let creators = 0;

beforeAll(async () => {
  app = await startTestApp();
  [ledger, unitOfWork] = [ledgerOf(app), app.get(UnitOfWork)];
});

const nobodyYet = () => 1_000 + creators++;
const source = () => `capture:${randomUUID()}`;
const booking = (entries: Entry[], changes: Partial<Booking> = {}): Booking => ({
  kind: 'capture',
  source: source(),
  currency: 'INR',
  occurredAt: new Date('2026-03-01T10:00:00.123Z'),
  entries,
  ...changes,
});
const stored = (of: string) => app.get(Database).rows<Entry & { currency: string }>(ENTRIES, [of]);
const house = async (account: string, currency: string): Promise<number> =>
  (await ledger.house()).find((sum) => sum.account === account && sum.currency === currency)?.amount ?? 0;

it('stores what is booked, and what it does to the balances', async () => {
  const creator = nobodyYet();
  const capture = booking(captureEntries({ amount: 10_000, payeeId: creator, fee: { fee: 236, tax: 36 } }), {
    currency: 'USD',
  });
  expect(await ledger.book(capture)).toBe(true);
  expect(await stored(capture.source)).toEqual(capture.entries.map((entry) => ({ ...entry, currency: 'USD' })));
  expect(await ledger.book(booking(refundEntries({ amount: 2_500, payeeId: creator }), { currency: 'USD' }))).toBe(
    true,
  );
  expect(await ledger.balances(creator)).toEqual([{ currency: 'USD', amount: 7_500 }]);
  expect(await house('gateway', 'USD')).toBe(9_764 - 2_500);
  expect([await house('gateway_fee', 'USD'), await house('gateway_tax', 'USD')]).toEqual([200, 36]);
});

it('keeps currencies apart, and tells what a creator owes', async () => {
  const creator = nobodyYet();
  await ledger.book(booking(captureEntries({ amount: 300, payeeId: creator }), { currency: 'USD' }));
  await ledger.book(booking(captureEntries({ amount: 100, payeeId: creator })));
  await ledger.book(booking(refundEntries({ amount: 150, payeeId: creator })));
  expect(await ledger.balances(creator)).toEqual([
    { currency: 'INR', amount: -50 },
    { currency: 'USD', amount: 300 },
  ]);
  expect(await ledger.balances(nobodyYet())).toEqual([]);
});

it('books a source once, whatever is booked for it later', async () => {
  const creator = nobodyYet();
  const first = booking(captureEntries({ amount: 100, payeeId: creator }));
  expect(await ledger.book(first)).toBe(true);
  expect(await ledger.book(first)).toBe(false);
  expect(await ledger.book({ ...first, entries: captureEntries({ amount: 900, payeeId: creator }) })).toBe(false);
  expect(await ledger.balances(creator)).toEqual([{ currency: 'INR', amount: 100 }]);
  expect(await stored(first.source)).toHaveLength(2);
});

it('refuses what does not sum to zero, and nothing at all', async () => {
  const creator = nobodyYet();
  const lopsided: Entry[] = [
    { account: 'gateway', ownerId: HOUSE, amount: 100 },
    { account: 'creator', ownerId: creator, amount: -99 },
  ];
  const wrong = booking(lopsided);
  await expect(ledger.book(wrong)).rejects.toThrow(`The booking of ${wrong.source} does not sum to zero, but to 1`);
  await expect(ledger.book(booking([]))).rejects.toThrow('has no entries');
  expect([await stored(wrong.source), await ledger.balances(creator)]).toEqual([[], []]);
});

it('is undone with the unit of work it is part of, and can then be booked', async () => {
  const creator = nobodyYet();
  const capture = booking(captureEntries({ amount: 100, payeeId: creator }));
  const undone = unitOfWork.run(async () => {
    expect(await ledger.book(capture)).toBe(true);
    expect(await ledger.book(capture)).toBe(false);
    throw new Error('Undone');
  });
  await expect(undone).rejects.toThrow('Undone');
  expect([await stored(capture.source), await ledger.balances(creator)]).toEqual([[], []]);
  expect(await ledger.book(capture)).toBe(true);
  expect(await ledger.balances(creator)).toEqual([{ currency: 'INR', amount: 100 }]);
});

it('several bookings go into one unit of work', async () => {
  const creator = nobodyYet();
  await unitOfWork.run(async () => {
    await ledger.book(booking(captureEntries({ amount: 100, payeeId: null })));
    await ledger.book(booking(feeEntries({ fee: 3, tax: 1 }), { kind: 'fee' }));
    await ledger.book(booking(assignEntries({ amount: 100, payeeId: creator }), { kind: 'assign' }));
  });
  expect(await house('parked', 'INR')).toBe(0);
  expect(await ledger.balances(creator)).toEqual([{ currency: 'INR', amount: 100 }]);
});

it('amounts beyond four bytes are kept whole', async () => {
  const creator = nobodyYet();
  const amount = 2 ** 50 + 1;
  const large = booking(captureEntries({ amount, payeeId: creator }), { currency: 'JPY' });
  expect(await ledger.book(large)).toBe(true);
  expect(await stored(large.source)).toMatchObject([{ amount: -amount }, { amount }]);
  expect(await ledger.balances(creator)).toEqual([{ currency: 'JPY', amount }]);
  expect(await ledger.check()).toEqual({ unbalanced: [], drifted: [] });
});

it('says aloud when it does not add up', async () => {
  const amount = 777_001;
  const creator = nobodyYet();
  await ledger.book(booking(captureEntries({ amount, payeeId: creator })));
  const job = new LedgerJob(ledger);
  const error = jest.spyOn(job['log'], 'error').mockImplementation();
  expect([await ledger.check(), await job.run()]).toEqual([{ unbalanced: [], drifted: [] }, true]);
  expect(error).not.toHaveBeenCalled();
  await app.get(Database).execute(SPOIL_ENTRY, [-amount]);
  expect(await ledger.check()).toEqual({
    unbalanced: [expect.any(Number)],
    drifted: [{ account: 'creator', ownerId: creator, currency: 'INR', balance: -amount, entries: 1 - amount }],
  });
  expect(await job.run()).toBe(false);
  expect(error).toHaveBeenCalledWith(expect.stringContaining(String(amount)));
  await app.get(Database).execute(MEND_ENTRY, [1 - amount]);
  expect(await ledger.check()).toEqual({ unbalanced: [], drifted: [] });
});
