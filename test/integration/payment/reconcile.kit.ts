import { setTimeout as sleep } from 'node:timers/promises';
import { Database, statement } from '../../../src/infra/database/database';
import type {
  GatewayDispute,
  GatewayPayment,
  GatewayReconLine,
  GatewayRefund,
} from '../../../src/payment/gateway/payment-gateway';
import { MandateService } from '../../../src/payment/mandate/mandate.service';
import { OrderService } from '../../../src/payment/order/order.service';
import type { Drift } from '../../../src/payment/reconcile/drift.rules';
import { ReconcileService, type RunWanted } from '../../../src/payment/reconcile/reconcile.service';
import { ReconcileWorker } from '../../../src/payment/reconcile/reconcile.worker';
import { type RunRecord, RunRepository } from '../../../src/payment/reconcile/run.repository';
import { closeAfterSpec } from '../../setup/spec-database';
import { type Outgoing, startOutgoing } from './outgoing.kit';

const PATIENCE_MS = 20_000;
export const AMOUNT = 50_000;
export const FEE = { fee: 1_180, tax: 180 };
export const PAYEE = 2;

/** `class count/cured`, as short as a test wants it. */
export function short(drift: readonly Drift[]): string[] {
  return drift.map(({ class: name, count, cured }) => `${name} ${count}/${cured}`);
}

export interface Reconciling extends Outgoing {
  readonly runs: RunRepository;
  readonly worker: ReconcileWorker;
  readonly reconciles: ReconcileService;
  readonly orders: OrderService;
  readonly mandates: MandateService;
  /** A run from its request to its end. */
  reconciled(wanted?: Partial<RunWanted>): Promise<RunRecord>;
  /** What came of it. */
  drift(wanted?: Partial<RunWanted>): Promise<string[]>;
  until(id: number, ...statuses: RunRecord['status'][]): Promise<RunRecord>;
  /** A published order of ours. */
  order(): Promise<{ orderId: number; gatewayId: string }>;
  /** What nobody has told us of. */
  paid(orderId: string, changes?: Partial<GatewayPayment>): GatewayPayment;
  refunded(payment: GatewayPayment, changes?: Partial<GatewayRefund>): GatewayRefund;
  disputed(payment: GatewayPayment, changes?: Partial<GatewayDispute>): GatewayDispute;
  settled(settlementId: string, ...things: (GatewayPayment | GatewayRefund)[]): GatewayReconLine[];
  /** A mandate with a first charge that nobody has told us of. */
  charged(): Promise<{ mandateId: number; gatewayId: string; payment: GatewayPayment }>;
  /** Everything that is kept of money. */
  tables(): Promise<Record<string, unknown[]>>;
}

const TABLES = [
  ...['payment_order', 'gateway_plan', 'mandate', 'payment', 'parked_payment', 'refund', 'dispute', 'settlement'],
  ...['settlement_line', 'ledger_transaction', 'ledger_entry', 'ledger_balance', 'outbox_delivery'],
];
const DUMPS = TABLES.map((table) => [table, statement(`test.dump-${table}`, `select * from ${table}`)] as const);

let names = 0;

/** The reconciler on the gateway in memory; the application's own does nothing. */
export async function startReconciling(): Promise<Reconciling> {
  const outgoing = await startOutgoing();
  const { app, clock, gateway } = outgoing;
  await app.get(ReconcileWorker).beforeApplicationShutdown();
  const [worker, reconciles, runs] = [
    outgoing.wired(ReconcileWorker),
    outgoing.wired(ReconcileService),
    outgoing.wired(RunRepository),
  ];
  const [orders, mandates] = [outgoing.wired(OrderService), outgoing.wired(MandateService)];
  worker.onApplicationBootstrap();
  closeAfterSpec(() => worker.beforeApplicationShutdown());

  const until = async (id: number, ...statuses: RunRecord['status'][]): Promise<RunRecord> => {
    const deadline = performance.now() + PATIENCE_MS;
    for (;;) {
      const run = await reconciles.get(id);
      if (statuses.includes(run.status)) return run;
      if (performance.now() > deadline) throw new Error(`Run ${id} is ${run.status}: ${run.error ?? ''}`);
      worker.wake();
      await sleep(10);
    }
  };
  const reconciled = async (wanted: Partial<RunWanted> = {}): Promise<RunRecord> => {
    const { id } = await reconciles.request({ dryRun: false, ...wanted }, 1);
    return until(id, 'done', 'failed');
  };
  const order = async (): Promise<{ orderId: number; gatewayId: string }> => {
    const intent = { purpose: 'tip', reference: String(++names), payerId: 1, payeeId: PAYEE } as const;
    const orderId = await orders.draft({ ...intent, amount: AMOUNT, currency: 'INR', capture: 'automatic' });
    return { orderId, gatewayId: (await orders.publish(orderId)).gatewayId };
  };
  const paid = (orderId: string, changes: Partial<GatewayPayment> = {}): GatewayPayment => {
    const state = { status: 'captured', captured: true, ...FEE } as const;
    const payment = gateway.pay({ orderId, amount: AMOUNT, ...state, ...changes });
    if (payment.captured) gateway.set(gateway.madeOrders, orderId, { status: 'paid', amountPaid: AMOUNT });
    return payment;
  };
  return {
    ...{ ...outgoing, runs, worker, reconciles, orders, mandates, until, reconciled, order, paid },
    drift: async (wanted) => short((await reconciled(wanted)).drift),
    refunded: ({ id: paymentId, currency }, changes = {}) => {
      const plain = { id: gateway.id('rfnd'), paymentId, amount: 20_000, currency, notes: {}, receipt: null };
      const refund = { ...plain, status: 'processed', createdAt: clock.now(), ...changes } as const;
      gateway.madeRefunds.push({ ...refund, key: '' });
      if (refund.status === 'processed') gateway.set(gateway.allPayments, paymentId, { amountRefunded: refund.amount });
      return refund;
    },
    disputed: ({ id: paymentId, currency }, changes = {}) => {
      const plain = { id: gateway.id('disp'), paymentId, amount: AMOUNT, currency, amountDeducted: 0 };
      const rest = { status: 'open', phase: 'chargeback', reasonCode: null, createdAt: clock.now() } as const;
      const dispute = { ...plain, ...rest, ...changes };
      gateway.allDisputes.push(dispute);
      return dispute;
    },
    settled: (settlementId, ...things) => {
      const lines = things.map((thing): GatewayReconLine => {
        const { id: entityId, amount, currency } = thing;
        const settled = { settled: true, settledAt: clock.now(), settlementId, settlementUtr: 'utr', disputeId: null };
        const line = { entityId, amount, currency, ...settled, createdAt: clock.now() };
        if ('paymentId' in thing) {
          const { paymentId } = thing;
          return { ...line, type: 'refund', debit: amount, credit: 0, fee: 0, tax: 0, paymentId };
        }
        return { ...line, type: 'payment', debit: 0, credit: amount - FEE.fee, ...FEE, paymentId: null };
      });
      gateway.allLines.push(...lines);
      return lines;
    },
    charged: async () => {
      const price = { planKey: `tier_price:${++names}`, planName: 'Patrons', totalCount: 12 };
      const intent = { purpose: 'tier', reference: '0', payerId: 1, payeeId: PAYEE } as const;
      const mandateId = await mandates.draft({ ...intent, ...price, amount: AMOUNT, currency: 'INR' });
      const { gatewayId } = await mandates.publish(mandateId);
      const [now, end] = [clock.now(), new Date(clock.now().getTime() + 30 * 86_400_000)];
      const cycle = { currentStart: now, currentEnd: end, startAt: now };
      gateway.set(gateway.madeSubscriptions, gatewayId, { status: 'active', paidCount: 1, ...cycle });
      const invoiceId = gateway.id('inv');
      const payment = gateway.pay({ amount: AMOUNT, invoiceId, status: 'captured', captured: true, ...FEE });
      gateway.allInvoices.push({
        ...{ id: invoiceId, subscriptionId: gatewayId, orderId: null, paymentId: payment.id, status: 'paid' },
        ...{ amount: AMOUNT, currency: 'INR', billingStart: now, billingEnd: end, createdAt: now },
      });
      return { mandateId, gatewayId, payment };
    },
    tables: async () => {
      const database = app.get(Database);
      const dumps: Record<string, unknown[]> = {};
      for (const [table, dump] of DUMPS) {
        const rows = await database.rows<object>(dump);
        dumps[table] = rows.map((row) => JSON.stringify(row)).sort();
      }
      return dumps;
    },
  };
}
