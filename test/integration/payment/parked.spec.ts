import { AccountService } from '../../../src/auth/account/account.service';
import { ApplyService } from '../../../src/payment/apply/apply.service';
import { GatewayError } from '../../../src/payment/gateway/gateway-error';
import { type GatewayPayment, PaymentGateway } from '../../../src/payment/gateway/payment-gateway';
import { AssignedCaptureJob } from '../../../src/payment/parked/assigned-capture.job';
import type { ParkedResponse } from '../../../src/payment/parked/dto/parked.response';
import { PaymentOrderRepository } from '../../../src/payment/order/payment-order.repository';
import { administrator, loggedIn, type LoggedIn } from '../../factories/administrator';
import { aPaymentOrder, captured, disputeSnapshot, paymentSnapshot, refundSnapshot } from '../../factories/payment';
import { registered } from '../../factories/person';
import { aCreator } from '../../factories/tier';
import { startTestApp, type TestApp } from '../../setup/test-app';
import { bookedFor, expectSoundLedger, listenTo, paymentOf, sourcesOf } from './apply.kit';

const PATH = '/admin/payments/parked/';

let app: TestApp;
let apply: ApplyService;
let admin: LoggedIn;
let support: LoggedIn;
let creator: LoggedIn;

beforeAll(async () => {
  app = await startTestApp();
  apply = app.get(ApplyService);
  admin = await administrator(app);
  support = await loggedIn(app, { roles: ['support'] });
  creator = await aCreator(app);
});

afterEach(() => jest.restoreAllMocks());

async function park(overrides: Partial<GatewayPayment> = {}): Promise<GatewayPayment> {
  const snapshot = paymentSnapshot(undefined, { status: 'captured', fee: 0, tax: 0, ...overrides });
  await apply.payment(snapshot, {});
  return snapshot;
}

async function list(query = ''): Promise<{ count: number; results: ParkedResponse[] }> {
  const answer = await support.call('GET', `${PATH}${query}`);
  expect(answer.statusCode).toBe(200);
  return answer.json();
}

async function shown({ id }: GatewayPayment, query = ''): Promise<ParkedResponse | undefined> {
  return (await list(`?page_size=100${query}`)).results.find(({ gateway_id }) => gateway_id === id);
}

async function assign({ id }: GatewayPayment, account: number, reason = 'They wrote to us.', by = admin) {
  return by.call('POST', `${PATH}${(await paymentOf(app, id)).id}/assign/`, { account, reason });
}

describe('the list', () => {
  it('shows what is open, newest first, with what may tell whose it is', async () => {
    const older = await park({ orderId: 'order_Foreign0000001' });
    const newer = await park({
      status: 'authorized',
      notes: { creatorID: String(creator.id) },
      createdAt: new Date('2026-03-01T10:00:00Z'),
    });
    const { results } = await list('?state=open');
    expect(results.map(({ gateway_id }) => gateway_id).slice(0, 2)).toEqual([newer.id, older.id]);
    expect(results[0]).toEqual({
      id: (await paymentOf(app, newer.id)).id,
      gateway_id: newer.id,
      order: null,
      purpose: null,
      amount: 34_800,
      refunded_amount: 0,
      currency: 'INR',
      status: 'authorized',
      reason: 'unmatched',
      email: 'p***@example.org',
      contact: '***1234',
      likely_owner: { account: creator.id, username: expect.any(String) as string, by: 'notes' },
      noted_creator: creator.id,
      paid_at: '2026-03-01T10:00:00.000Z',
      captures_before: '2026-03-04T10:00:00.000Z',
      assigned_to: null,
      assigned_by: null,
      assigned_reason: null,
      assigned_at: null,
    });
    expect(results[1]).toMatchObject({ status: 'captured', captures_before: null, likely_owner: null });
  });

  it('names the account whose proven address the payer gave', async () => {
    const proven = await registered(app, { emailVerified: true });
    const unproven = await registered(app);
    const [theirs, nobodys] = [
      await park({ email: proven.email.toUpperCase() }),
      await park({ email: unproven.email }),
    ];
    expect(await shown(theirs)).toMatchObject({
      likely_owner: { account: proven.id, username: proven.username, by: 'email' },
      noted_creator: null,
    });
    expect(await shown(nobodys)).toMatchObject({ likely_owner: null });
  });

  it('names nobody where the notes name nobody, or no creator', async () => {
    const { id } = await registered(app);
    for (const creatorID of ['999999', String(id), 'ada']) {
      expect(await shown(await park({ notes: { creatorID } }))).toMatchObject({ likely_owner: null });
    }
  });

  it('leaves out what was never money, and what went back', async () => {
    const authorized = await park({ status: 'authorized' });
    const failed = await park({ status: 'failed' });
    const sold = await park();
    await apply.payment({ ...authorized, status: 'refunded', amountRefunded: 34_800 }, {});
    await apply.refund(refundSnapshot(sold));
    for (const gone of [authorized, failed, sold]) expect(await shown(gone)).toBeUndefined();
  });

  it('forgets who paid when they close their account', async () => {
    const person = await registered(app, { emailVerified: true });
    const snapshot = await park({ email: person.email });
    await app.get(AccountService).close(person.id);
    await app.drained();
    expect(await shown(snapshot)).toMatchObject({ amount: 34_800, email: null, contact: null, likely_owner: null });
  });

  it('is paged, and refuses other states', async () => {
    await park();
    const { count } = await list('?state=open');
    const page = await list(`?state=open&page_size=1&page=${count}`);
    expect([page.count, page.results.length]).toEqual([count, 1]);
    const refused = await support.call('GET', `${PATH}?state=lost`);
    expect([refused.statusCode, refused.headers['content-type']]).toEqual([
      400,
      expect.stringContaining('application/problem+json'),
    ]);
  });
});

describe('assigning', () => {
  it('moves the money to the creator, once, with who and why', async () => {
    const snapshot = await park({ email: 'somebody@example.org' });
    const told = listenTo(app);
    const answers = [await assign(snapshot, creator.id), await assign(snapshot, creator.id, 'again')];
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200]);
    expect(answers[1]?.json()).toEqual(answers[0]?.json());
    expect(answers[0]?.json()).toMatchObject({
      assigned_to: creator.id,
      assigned_by: admin.id,
      assigned_reason: 'They wrote to us.',
      assigned_at: expect.any(String) as string,
      email: null,
      contact: null,
    });
    expect(await bookedFor(app, snapshot.id)).toEqual({ gateway: 34_800, [`creator:${creator.id}`]: -34_800 });
    expect(await sourcesOf(app, snapshot.id)).toEqual([`capture:${snapshot.id}`, `assign:${snapshot.id}`]);
    expect(await apply.payment(snapshot, {})).toMatchObject({ changed: false });
    // It pays for nothing of ours.
    expect(told).toEqual([]);
    expect(await shown(snapshot, '&state=open')).toBeUndefined();
    expect(await shown(snapshot, '&state=assigned')).toMatchObject({ assigned_to: creator.id });
    expect(await shown(snapshot)).toMatchObject({ assigned_to: creator.id });
  });

  it('moves what has not gone back and is not disputed', async () => {
    const snapshot = await park();
    const [refund, later] = [refundSnapshot(snapshot, { amount: 800 }), refundSnapshot(snapshot, { amount: 100 })];
    const dispute = disputeSnapshot(snapshot, { amount: 4_000 });
    await apply.refund(refund);
    await apply.dispute(dispute);
    await assign(snapshot, creator.id);
    expect(await bookedFor(app, snapshot.id, refund.id, dispute.id)).toEqual({
      [`creator:${creator.id}`]: -30_000,
      dispute: -4_000,
      gateway: 34_000,
    });
    await apply.refund(later);
    await apply.dispute({ ...dispute, status: 'won' });
    expect(await bookedFor(app, snapshot.id, refund.id, dispute.id)).toEqual({
      [`creator:${creator.id}`]: -34_000,
      gateway: 34_000,
    });
    expect(await bookedFor(app, later.id)).toEqual({ [`creator:${creator.id}`]: 100, gateway: -100 });
  });

  it('of what is only authorised counts when it is captured', async () => {
    const snapshot = await park({ status: 'authorized' });
    expect((await assign(snapshot, creator.id)).statusCode).toBe(200);
    expect(await sourcesOf(app, snapshot.id)).toEqual([]);
    await apply.payment(captured(snapshot, { fee: 0, tax: 0 }), {});
    expect(await paymentOf(app, snapshot.id)).toMatchObject({ payeeId: creator.id, parked: null });
    expect(await bookedFor(app, snapshot.id)).toEqual({ gateway: 34_800, [`creator:${creator.id}`]: -34_800 });
    expect(await shown(snapshot, '&state=assigned')).toMatchObject({ status: 'captured', captures_before: null });
  });

  it('of what is only authorised takes it, also where that could not be done then', async () => {
    const gateway = app.get(PaymentGateway);
    const atGateway = jest.spyOn(gateway, 'payment');
    const capture = jest.spyOn(gateway, 'capture');
    const [first, second] = [await park({ status: 'authorized' }), await park({ status: 'authorized' })];
    atGateway.mockImplementation((id) => Promise.resolve(id === first.id ? first : second));
    capture.mockImplementation((id) => Promise.resolve(captured(id === first.id ? first : second, { fee: 0, tax: 0 })));
    expect((await assign(first, creator.id)).json()).toMatchObject({ status: 'captured', assigned_to: creator.id });
    expect(capture).toHaveBeenCalledWith(first.id, { amount: 34_800, currency: 'INR' });
    expect(await bookedFor(app, first.id)).toEqual({ gateway: 34_800, [`creator:${creator.id}`]: -34_800 });

    capture.mockRejectedValueOnce(new GatewayError('unavailable', 'Away'));
    expect((await assign(second, creator.id)).json()).toMatchObject({ status: 'authorized', assigned_to: creator.id });
    await app.get(AssignedCaptureJob).run();
    expect(await paymentOf(app, second.id)).toMatchObject({ status: 'captured', payeeId: creator.id });
    const calls = capture.mock.calls.length;
    await app.get(AssignedCaptureJob).run();
    expect(capture.mock.calls.length).toBe(calls);
  });

  it('a tip without a payee makes it a tip for that creator', async () => {
    const order = await aPaymentOrder(app, { purpose: 'tip', reference: 'tip-9', payeeId: null });
    const snapshot = paymentSnapshot(order, { status: 'captured', fee: 0, tax: 0 });
    await apply.payment(snapshot, {});
    const told = listenTo(app);
    const answer = await assign(snapshot, creator.id);
    expect(answer.json()).toMatchObject({ order: order.id, purpose: 'tip', reason: 'no_payee' });
    expect(told).toMatchObject([
      { topic: 'payment-captured', payload: { order_id: order.id, payee_id: creator.id, reference: 'tip-9' } },
    ]);
    expect(await app.get(PaymentOrderRepository).byId(order.id)).toMatchObject({ payeeId: creator.id });
  });

  it('another amount than its order’s gives the money, and does not pay the order', async () => {
    const order = await aPaymentOrder(app);
    const snapshot = paymentSnapshot(order, { status: 'captured', amount: 100, fee: 0, tax: 0 });
    await apply.payment(snapshot, {});
    const told = listenTo(app);
    await assign(snapshot, creator.id);
    const right = paymentSnapshot(order, { status: 'captured' });
    await apply.payment(right, {});
    expect(told.map(({ payload }) => payload['payment_id'])).toEqual([(await paymentOf(app, right.id)).id]);
  });

  it('at once by several, and to several, has one effect', async () => {
    const other = await aCreator(app);
    const snapshot = await park();
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, i) => assign(snapshot, i % 2 === 0 ? creator.id : other.id)),
    );
    const statuses = answers.map(({ statusCode }) => statusCode).sort();
    expect(statuses).toEqual([200, 200, 200, 200, 200, 409, 409, 409, 409, 409]);
    expect(await sourcesOf(app, snapshot.id)).toEqual([`capture:${snapshot.id}`, `assign:${snapshot.id}`]);
  });
});

describe('assigning is refused', () => {
  it('to another account than it has', async () => {
    const snapshot = await park();
    await assign(snapshot, creator.id);
    const answer = await assign(snapshot, (await aCreator(app)).id);
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([
      409,
      expect.stringContaining('application/problem+json'),
    ]);
    expect(answer.json()).toMatchObject({ code: 'parked_assigned' });
  });

  it('to nobody, and to somebody who is no creator', async () => {
    const snapshot = await park();
    const { id } = await registered(app);
    for (const [account, words] of [
      [999_999, 'Invalid pk "999999" - object does not exist.'],
      [id, 'This account is no creator.'],
    ] as const) {
      const answer = await assign(snapshot, account);
      expect(answer.statusCode).toBe(400);
      expect(JSON.stringify(answer.json())).toContain(JSON.stringify(words));
      expect(JSON.stringify(answer.json())).toContain('/account');
    }
    expect(await paymentOf(app, snapshot.id)).toMatchObject({ parked: 'unmatched', payeeId: null });
  });

  it('where the money went back', async () => {
    const snapshot = await park();
    await apply.refund(refundSnapshot(snapshot));
    const answer = await assign(snapshot, creator.id);
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([409, 'parked_gone']);
  });

  it('of what is not parked', async () => {
    const snapshot = paymentSnapshot(await aPaymentOrder(app), { status: 'captured' });
    await apply.payment(snapshot, {});
    expect((await assign(snapshot, creator.id)).statusCode).toBe(404);
    expect((await admin.call('POST', `${PATH}999999/assign/`, { account: 1, reason: 'x' })).statusCode).toBe(404);
  });

  it.each([
    {},
    { account: 'x', reason: 'y' },
    { account: 1 },
    { account: 1, reason: '' },
    { account: 1, reason: 'x', a: 1 },
  ])('with %p', async (body) => expect((await admin.call('POST', `${PATH}1/assign/`, body)).statusCode).toBe(400));

  it('by others than administrators', async () => {
    const snapshot = await park();
    expect((await assign(snapshot, creator.id, 'mine', support)).statusCode).toBe(403);
    expect((await assign(snapshot, creator.id, 'mine', creator)).statusCode).toBe(403);
    expect((await creator.call('GET', PATH)).statusCode).toBe(403);
    expect((await app.inject({ method: 'GET', url: PATH })).statusCode).toBe(401);
  });
});

it('all of it leaves a ledger that adds up', () => expectSoundLedger(app));
