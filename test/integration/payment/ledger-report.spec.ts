import { type LocalDay, localDays } from '../../../src/common/local-day';
import { Database } from '../../../src/infra/database/database';
import { UnitOfWork } from '../../../src/infra/database/unit-of-work';
import { LinkLedgerToPayments1767500000100 } from '../../../migrations/1767500000100-link-ledger-to-payments';
import { ApplyService } from '../../../src/payment/apply/apply.service';
import type { GatewayPayment } from '../../../src/payment/gateway/payment-gateway';
import { LedgerReportService } from '../../../src/payment/ledger/ledger-report.service';
import { LedgerTransaction } from '../../../src/payment/ledger/ledger-transaction.entity';
import { ParkedService } from '../../../src/payment/parked/parked.service';
import {
  aPaymentOrder,
  captured,
  disputeSnapshot,
  paymentSnapshot,
  reconLine,
  refundSnapshot,
} from '../../factories/payment';
import { aCreator } from '../../factories/tier';
import { itOnPostgres } from '../../setup/on-postgres';
import { startTestApp, type TestApp } from '../../setup/test-app';
import { paymentOf } from './apply.kit';

let app: TestApp;
let apply: ApplyService;
let reports: LedgerReportService;
let payees = 4_000_000;

beforeAll(async () => {
  app = await startTestApp();
  apply = app.get(ApplyService);
  reports = app.get(LedgerReportService);
});

const at = (instant: string): Date => new Date(instant);
/** All days of March 2026. */
const MARCH = localDays('UTC', at('2026-03-31T12:00:00Z'), 31);

/** A number that nobody else is paid by. */
function somebody(): number {
  payees += 1;
  return payees;
}

/** Captured, for a payee; the fee is known unless `more` says otherwise. */
async function paidTo(payeeId: number, amount: number, more: Partial<GatewayPayment> = {}, payerId = somebody()) {
  const order = await aPaymentOrder(app, { payeeId, payerId, amount, purpose: 'tip', reference: null });
  const snapshot = captured(paymentSnapshot(order), more);
  await apply.payment(snapshot);
  return snapshot;
}

const inMarch = async (payeeId: number, days: LocalDay[] = MARCH) => (await reports.ofPayee(payeeId, days)).currencies;

async function byDate(payeeId: number, days: LocalDay[]): Promise<Record<string, number>> {
  const report = await reports.ofPayee(payeeId, days);
  const moved = report.days.map((currencies, index) => [days[index]?.date, currencies[0]?.net] as const);
  return Object.fromEntries(moved.filter(([, net]) => net !== undefined)) as Record<string, number>;
}

it('days begin at local midnight, also where clocks change', async () => {
  const payeeId = somebody();
  const instants: [string, number][] = [
    // New York: 5 hours behind UTC until 8 March, 2 o'clock; then 4.
    ['2026-03-08T04:59:59Z', 100],
    ['2026-03-08T05:00:00Z', 200],
    ['2026-03-09T03:59:59Z', 400],
    ['2026-03-09T04:00:00Z', 800],
  ];
  for (const [instant, amount] of instants) await paidTo(payeeId, amount, { createdAt: at(instant) });
  const newYork = localDays('America/New_York', at('2026-03-10T12:00:00Z'), 4);
  expect(await byDate(payeeId, newYork)).toEqual({ '2026-03-07': 100, '2026-03-08': 600, '2026-03-09': 800 });
  expect(await byDate(payeeId, localDays('UTC', at('2026-03-10T12:00:00Z'), 4))).toEqual({
    '2026-03-08': 300,
    '2026-03-09': 1_200,
  });
  // What lies before the first day is in the balance alone.
  const [report] = await inMarch(payeeId, newYork.slice(1));
  expect(report).toMatchObject({ captured: 1_400, balance: 1_500 });
});

it('a refund counts on its own day, of a payment of long ago too', async () => {
  const payeeId = somebody();
  const payment = await paidTo(payeeId, 9_000, { createdAt: at('2025-01-01T00:00:00Z') });
  await apply.refund(refundSnapshot(payment, { amount: 2_000, createdAt: at('2026-03-02T10:00:00Z') }));
  expect(await byDate(payeeId, MARCH)).toEqual({ '2026-03-02': -2_000 });
  expect(await inMarch(payeeId)).toMatchObject([{ captured: 0, refunded: 2_000, net: -2_000, balance: 7_000 }]);
});

it('a fee that is known only when it is settled is told then, on the day of the payment', async () => {
  const payeeId = somebody();
  const payment = await paidTo(payeeId, 10_000, { fee: null, tax: null });
  expect(await inMarch(payeeId)).toMatchObject([
    { fees: 0, taxes: 0, settled: 0, differences: [{ reason: 'awaiting_settlement', amount: 10_000 }] },
  ]);
  const sums = { credit: 9_764, amount: 10_000, fee: 236, tax: 36 };
  await apply.settlement([
    reconLine('setl_report1', { entityId: payment.id, type: 'payment', paymentId: payment.id, ...sums }),
  ]);
  const [report] = await inMarch(payeeId);
  expect(report).toMatchObject({ captured: 10_000, net: 10_000, fees: 200, taxes: 36, settled: 9_764 });
  expect(report?.differences).toEqual([
    { reason: 'fees', amount: 200 },
    { reason: 'taxes', amount: 36 },
  ]);
  expect(Object.keys(await byDate(payeeId, MARCH))).toEqual(['2026-03-01']);
});

it('a dispute takes, and gives back when it is won', async () => {
  const payeeId = somebody();
  const payment = await paidTo(payeeId, 5_000);
  const dispute = disputeSnapshot(payment);
  await apply.dispute(dispute);
  expect(await inMarch(payeeId)).toMatchObject([{ disputed: 5_000, net: 0, balance: 0 }]);
  await apply.dispute({ ...dispute, status: 'won' });
  expect(await inMarch(payeeId)).toMatchObject([{ disputed: 0, net: 5_000, balance: 5_000 }]);
});

it('what is parked is told to whom its payer names, and is income when it is given', async () => {
  const [creator, other] = [await aCreator(app), await aCreator(app)];
  const parked = captured(paymentSnapshot(undefined, { amount: 8_000, notes: { creatorID: String(creator.id) } }));
  await apply.payment(parked);
  await apply.refund(refundSnapshot(parked, { amount: 3_000, createdAt: at('2026-02-20T00:00:00Z') }));
  expect(await inMarch(creator.id)).toMatchObject([
    { currency: 'INR', balance: 0, parked: 5_000, captured: 0, net: 0, settled: 0, kinds: [], differences: [] },
  ]);
  expect(await inMarch(other.id)).toEqual([]);

  const fee = parked.fee ?? 0;
  const refund = refundSnapshot(parked, { amount: 1_000 });
  const lines = [
    reconLine('setl_report2', { entityId: parked.id, type: 'payment', paymentId: parked.id, credit: 8_000 - fee }),
    reconLine('setl_report2', { entityId: refund.id, type: 'refund', paymentId: parked.id, debit: 1_000 }),
  ];
  const { id } = await paymentOf(app, parked.id);
  await app.get(ParkedService).assign(id, { account: other.id, reason: 'They wrote to us.' }, creator.id);
  await apply.refund(refund);
  await apply.settlement(lines);
  expect(await inMarch(creator.id)).toEqual([]);
  const [report] = await inMarch(other.id);
  expect(report).toMatchObject({ balance: 4_000, parked: 0, captured: 5_000, refunded: 1_000, net: 4_000 });
  expect(report).toMatchObject({ fees: fee - (parked.tax ?? 0), taxes: parked.tax, settled: 7_000 - fee });
  // The first refund has not been settled.
  expect(report?.differences[0]).toEqual({ reason: 'awaiting_settlement', amount: -3_000 });
  expect(report?.kinds).toMatchObject([{ kind: 'other', net: 4_000 }]);
});

it('what somebody has paid is theirs, to whomever it went', async () => {
  const [payer, other] = [somebody(), somebody()];
  await paidTo(somebody(), 1_000, {}, payer);
  const second = await paidTo(somebody(), 2_000, {}, payer);
  await paidTo(somebody(), 4_000, {}, other);
  await apply.refund(refundSnapshot(second, { amount: 500 }));
  const order = await aPaymentOrder(app, { payerId: payer, payeeId: null, amount: 700, purpose: 'tip' });
  await apply.payment(captured(paymentSnapshot(order)));
  expect(await reports.ofPayer(payer)).toEqual([
    { currency: 'INR', paid: 3_700, refunded: 500, kinds: [{ kind: 'tip', paid: 3_700, refunded: 500 }] },
  ]);
  expect(await reports.ofPayer(somebody())).toEqual([]);
});

it('bookings from before they named their payments are told the same', async () => {
  const creator = await aCreator(app);
  const payment = await paidTo(creator.id, 6_000, { fee: null, tax: null });
  await apply.refund(refundSnapshot(payment, { amount: 100 }));
  const dispute = disputeSnapshot(payment, { amount: 900 });
  await apply.dispute(dispute);
  await apply.dispute({ ...dispute, status: 'lost', amountDeducted: 900 });
  await apply.payment({ ...payment, fee: 50, tax: 8 });
  const parked = captured(paymentSnapshot(undefined, { amount: 800 }));
  await apply.payment(parked);
  const { id } = await paymentOf(app, parked.id);
  await app.get(ParkedService).assign(id, { account: creator.id, reason: 'They wrote to us.' }, creator.id);
  const before = await reports.ofPayee(creator.id, MARCH);
  const links = (): Promise<LedgerTransaction[]> =>
    app.get(Database).manager.find(LedgerTransaction, { order: { id: 'ASC' } });
  const linked = await links();
  expect(linked.filter(({ paymentId }) => paymentId === null).map(({ kind }) => kind)).not.toContain('capture');

  const runner = app.get(Database).manager.dataSource.createQueryRunner();
  const migration = new LinkLedgerToPayments1767500000100();
  await migration.down(runner);
  await migration.up(runner);
  await runner.release();
  expect(await links()).toEqual(linked);
  expect(await reports.ofPayee(creator.id, MARCH)).toEqual(before);
});

const FIRST = 9_000_000;
const SEED = [
  `insert into payment (id, gateway_id, purpose, payer_id, payee_id, amount, currency, status, gateway_created_at,
     captured_at, created_at, updated_at)
   select ${FIRST} + n, 'pay_plan' || n, 'tip', ${FIRST} + n % 5000, ${FIRST} + n % 400, 1000, 'INR', 'captured', t, t, t, t
     from generate_series(1, 40000) n, lateral (select now() - n * interval '10 minutes' as t) times`,
  `insert into ledger_transaction (id, kind, source, currency, occurred_at, created_at, payment_id, payee_id)
   select id, 'capture', 'capture:' || gateway_id, 'INR', created_at, created_at, id, payee_id from payment
    where id >= ${FIRST}`,
  `insert into ledger_entry (transaction_id, account, owner_id, currency, amount)
   select t.id, a.account, case when a.account = 'creator' then t.payee_id else 0 end, 'INR', a.amount
     from ledger_transaction t, (values ('creator', -1000), ('gateway', 980), ('gateway_fee', 20)) a (account, amount)
    where t.id >= ${FIRST}`,
  `insert into settlement (id, gateway_id, currency, settled_at, created_at, updated_at)
   values (${FIRST}, 'setl_plan', 'INR', now(), now(), now())`,
  `insert into settlement_line (settlement_id, entity_id, type, amount, created_at)
   select ${FIRST}, gateway_id, 'payment', 980, now() from payment where id >= ${FIRST}`,
  'analyze payment, ledger_transaction, ledger_entry, settlement_line, parked_payment, ledger_balance',
];

itOnPostgres('on large tables everything is found by index, for whatever values', async () => {
  const { manager } = app.get(Database);
  for (const sql of SEED) await manager.query(sql);
  const calendar = localDays('UTC', new Date(), 30);
  for (const mode of ['force_custom_plan', 'force_generic_plan']) {
    await app.get(UnitOfWork).run(async () => {
      const database = app.get(Database);
      expect((await reports.ofPayee(FIRST + 7, calendar)).currencies).toHaveLength(1);
      await reports.ofPayer(FIRST + 7);
      await database.manager.query(`set local plan_cache_mode = ${mode}`);
      const begins = calendar.map(({ firstBucket }) => firstBucket);
      const since = `'${new Date(calendar[0]!.firstBucket * 900_000).toISOString()}'`;
      const calls = [
        `"ledger.report-of-payee"(${FIRST + 7}, ${since}, '{${begins.join()}}')`,
        `"ledger.report-of-payer"(${FIRST + 7})`,
      ];
      for (const call of calls) {
        const rows = await database.manager.query<{ 'QUERY PLAN': string }[]>(`explain execute ${call}`);
        const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
        expect(plan).not.toMatch(/Seq Scan on (?:payment|ledger_transaction|ledger_entry|settlement_line)\b/);
        expect(plan).toMatch(/ix_ledger_transaction_payee|ix_payment_payer/);
      }
    });
  }
});
