import type { CaptureService } from '../../../src/payment/checkout/capture.service';
import { GatewayError } from '../../../src/payment/gateway/gateway-error';
import type { GatewayPayment, PaymentGateway } from '../../../src/payment/gateway/payment-gateway';
import { invoiceOf, paymentOf, reconLineOf } from '../../../src/payment/gateway/razorpay-entities';
import type { TokenFinder } from '../../../src/payment/webhook/token.finder';
import { EventInquiry, type Findings } from '../../../src/payment/webhook/event.inquiry';
import { readEvent } from '../../../src/payment/webhook/razorpay-event.rules';
import { eventOf, gatewayId, nowInSeconds, paymentEntity } from '../../factories/razorpay-webhook';

/** Answers what it was given, refuses what it doesn't know, and tells what it was asked. */
class Gateway {
  readonly asked: string[] = [];
  readonly known = new Map<string, unknown>();
  down = false;

  payment = (id: string) => this.answer(`payment ${id}`, this.known.get(id));
  invoice = (id: string) => this.answer(`invoice ${id}`, this.known.get(id));
  reconLines = async (query: object) => {
    const items = (await this.answer(`lines ${JSON.stringify(query)}`, this.known.get('lines'))) as unknown[];
    return { items, odd: [], size: items.length };
  };

  private async answer(question: string, known: unknown): Promise<unknown> {
    this.asked.push(question);
    if (this.down) throw new GatewayError('unavailable', 'no connection');
    if (known === undefined) throw new GatewayError('refused', 'The id provided does not exist', { httpStatus: 400 });
    return known;
  }
}

let gateway: Gateway;
let captured: string[];
let uncapturable: boolean;

beforeEach(() => {
  gateway = new Gateway();
  captured = [];
  uncapturable = false;
});

function inquire(
  event: string,
  entities: Record<string, object>,
  capturing: 'capture' | 'look' = 'capture',
): Promise<Findings> {
  const captures = {
    capture: async (payment: GatewayPayment) => {
      if (uncapturable) throw new GatewayError('unavailable', 'no connection');
      captured.push(payment.id);
      return { ...payment, status: 'captured' as const };
    },
  };
  const inquiry = new EventInquiry(
    gateway as unknown as PaymentGateway,
    captures as unknown as CaptureService,
    { mandateOf: () => Promise.resolve(undefined) } as unknown as TokenFinder,
  );
  return inquiry.about(readEvent(Buffer.from(JSON.stringify(eventOf(event, entities)))), capturing);
}

describe('an authorised payment', () => {
  const authorized = paymentEntity({ status: 'authorized', captured: false });
  const id = String(authorized.id);

  it('that can’t be captured at the moment is tried again, with its event', async () => {
    gateway.known.set(id, paymentOf(authorized));
    uncapturable = true;
    await expect(inquire('payment.authorized', { payment: authorized })).rejects.toThrow(GatewayError);
  });

  it('is looked at as it is now, and captured', async () => {
    gateway.known.set(id, paymentOf(authorized));
    expect((await inquire('payment.authorized', { payment: authorized })).payment).toMatchObject({
      status: 'captured',
    });
    expect([gateway.asked, captured]).toEqual([[`payment ${id}`], [id]]);
  });

  it('is not captured where it is only looked at', async () => {
    gateway.known.set(id, paymentOf(authorized));
    const { payment } = await inquire('payment.authorized', { payment: authorized }, 'look');
    expect([payment?.status, captured]).toEqual(['authorized', []]);
  });

  it('of another account is kept as it was told', async () => {
    const { payment } = await inquire('payment.authorized', { payment: authorized });
    expect([payment, captured]).toEqual([paymentOf(authorized), []]);
  });

  it('waits while the gateway is down', async () => {
    gateway.down = true;
    await expect(inquire('payment.authorized', { payment: authorized })).rejects.toMatchObject({ kind: 'unavailable' });
  });
});

describe('a captured payment', () => {
  it('of an order is taken as it was told', async () => {
    const payment = paymentEntity();
    expect(await inquire('payment.captured', { payment })).toMatchObject({ payment: paymentOf(payment), link: {} });
    expect([gateway.asked, captured]).toEqual([[], []]);
  });

  it('of an invoice is for its subscription', async () => {
    const [invoiceId, subscriptionId] = [gatewayId('inv'), gatewayId('sub')];
    const payment = paymentEntity({ invoice_id: invoiceId });
    const invoice = invoiceOf({
      id: invoiceId,
      subscription_id: subscriptionId,
      status: 'paid',
      amount: 34_800,
      currency: 'INR',
      created_at: nowInSeconds(),
    });
    gateway.known.set(invoiceId, invoice);
    const { link } = await inquire('payment.captured', { payment });
    expect(link).toEqual({ mandateGatewayId: subscriptionId, invoice });
  });

  it('beside a subscription is for that', async () => {
    const subscription = {
      id: gatewayId('sub'),
      plan_id: gatewayId('plan'),
      status: 'active',
      total_count: 12,
      paid_count: 1,
      created_at: nowInSeconds(),
    };
    const { link } = await inquire('subscription.charged', { subscription, payment: paymentEntity() });
    expect(link).toEqual({ mandateGatewayId: subscription.id, invoice: undefined });
  });

  it('of an invoice that nobody knows is for nothing we know', async () => {
    const { link } = await inquire('payment.captured', { payment: paymentEntity({ invoice_id: gatewayId('inv') }) });
    expect(link).toEqual({ mandateGatewayId: undefined, invoice: undefined });
  });
});

describe('a refund', () => {
  const refund = (payment_id: unknown) => ({
    id: gatewayId('rfnd'),
    entity: 'refund',
    payment_id,
    amount: 100,
    currency: 'INR',
    status: 'processed',
    notes: [],
    created_at: nowInSeconds(),
  });

  it('comes with its payment, or the payment is asked for', async () => {
    const payment = paymentEntity();
    gateway.known.set(String(payment.id), paymentOf(payment));
    const told = await inquire('refund.processed', { refund: refund(payment.id), payment });
    expect([told.payment?.id, gateway.asked]).toEqual([payment.id, []]);
    const alone = await inquire('refund.processed', { refund: refund(payment.id) });
    expect([alone.payment?.id, alone.refund?.amount, gateway.asked]).toEqual([
      payment.id,
      100,
      [`payment ${String(payment.id)}`],
    ]);
  });

  it('of a payment that nobody knows is nobody’s', async () => {
    expect(await inquire('refund.processed', { refund: refund(gatewayId('pay')) })).toMatchObject({
      payment: undefined,
      refund: undefined,
    });
  });
});

it('a settlement is read from the report of its day in India', async () => {
  const [settlement_id, other] = [gatewayId('setl'), gatewayId('setl')];
  const line = (id: string) =>
    reconLineOf({
      entity_id: gatewayId('pay'),
      type: 'payment',
      debit: 0,
      credit: 100,
      amount: 100,
      currency: 'INR',
      settled: true,
      settled_at: nowInSeconds(),
      settlement_id: id,
      created_at: nowInSeconds(),
    });
  gateway.known.set('lines', [line(settlement_id), line(other), line(settlement_id)]);
  const created_at = Date.UTC(2026, 0, 31, 20) / 1000;
  const settlement = { id: settlement_id, entity: 'settlement', amount: 200, status: 'processed', created_at };
  const { lines } = await inquire('settlement.processed', { settlement });
  expect(lines?.map(({ settlementId }) => settlementId)).toEqual([settlement_id, settlement_id]);
  expect(gateway.asked).toEqual([`lines ${JSON.stringify({ year: 2026, month: 2, day: 1, count: 1000, skip: 0 })}`]);
});
