import { setTimeout as sleep } from 'node:timers/promises';
import { Clock } from '../../src/common/clock';
import { RazorpayProcessor } from '../../src/payment/webhook/razorpay.processor';
import { administrator, loggedIn, type LoggedIn } from '../factories/administrator';
import {
  callRazorpay,
  eventOf,
  gatewayId,
  inboxDrained,
  paymentEntity,
  RAZORPAY_ENVIRONMENT,
} from '../factories/razorpay-webhook';
import { startTestApp, type TestApp } from '../setup/test-app';

interface Delivery {
  readonly id: number;
  readonly state: string;
  readonly attempts: number;
  readonly last_error: string | null;
  readonly due_at: string | null;
  readonly effect: { readonly payment?: { readonly changed: boolean } };
  readonly runs: { readonly actor: number; readonly status: number; readonly effect: object }[];
}

/** Stands still, so that what is to be tried again waits for the test. */
class StandingClock extends Clock {
  private time = Date.now();

  now(): Date {
    return new Date(this.time);
  }

  advance(milliseconds: number): void {
    this.time += milliseconds;
  }
}

const HOUR_MS = 3_600_000;
/** Longer than the pause before the second try. */
const PAUSE_MS = 2_000;
const WINDOW = '/admin/webhooks/deliveries/reprocess/';

const clock = new StandingClock();
let app: TestApp;
let admin: LoggedIn;
let process: jest.SpyInstance;

beforeAll(async () => {
  // What fails is told in the log.
  app = await startTestApp({ ...RAZORPAY_ENVIRONMENT, LOG_LEVEL: 'silent' }, { clock });
  admin = await administrator(app);
  process = jest.spyOn(app.get(RazorpayProcessor), 'process');
});

async function processed(): Promise<void> {
  clock.advance(PAUSE_MS);
  await inboxDrained(app);
}

const reprocess = (body: object) => admin.call('POST', WINDOW, body);
const around = (): { from: string; to: string } => ({
  from: new Date(Date.now() - HOUR_MS).toISOString(),
  to: new Date(Date.now() + HOUR_MS).toISOString(),
});

async function find(query: string): Promise<Delivery[]> {
  const answer = await admin.call('GET', `/admin/webhooks/deliveries/?source=razorpay&${query}`);
  expect(answer.statusCode).toBe(200);
  return answer.json<{ results: Delivery[] }>().results;
}

async function delivery(id: number): Promise<Delivery> {
  return (await admin.call('GET', `/admin/webhooks/deliveries/${id}/`)).json();
}

/** A payment's event that failed once and waits for the next try. */
async function failed(): Promise<{ id: number; payment: string }> {
  process.mockRejectedValueOnce(new Error('The books are closed'));
  const payment = paymentEntity();
  await callRazorpay(app, eventOf('payment.captured', { payment }));
  for (;;) {
    const [found] = await find(`q=${String(payment.id)}&error=BOOKS`);
    if (found !== undefined) return { id: found.id, payment: String(payment.id) };
    await sleep(20);
  }
}

it('what failed is seen with its error, found by it, and done by itself at the next try', async () => {
  const { id } = await failed();
  expect(await delivery(id)).toMatchObject({
    state: 'pending',
    attempts: 1,
    last_error: 'The books are closed',
    due_at: expect.any(String) as string,
    effect: null,
  });
  const ids = async (query: string) => (await find(query)).map((found) => found.id);
  expect(await ids('state=pending')).toEqual([id]);
  expect(await ids('state=dead')).toEqual([]);
  expect(await ids('min_attempts=2&state=pending')).toEqual([]);
  expect(await ids(`due_before=${new Date(Date.now() + HOUR_MS).toISOString()}`)).toEqual([id]);
  expect(await ids(`due_before=${new Date(Date.now() - HOUR_MS).toISOString()}`)).toEqual([]);
  expect((await admin.call('GET', '/admin/webhooks/deliveries/?state=again')).statusCode).toBe(400);
  await processed();
  expect(await delivery(id)).toMatchObject({ state: 'done', attempts: 2, last_error: null, due_at: null });
});

it('a delivery is processed again at once, with the run beside it, and nothing done twice', async () => {
  const { id } = await failed();
  const again = () => admin.call('POST', `/admin/webhooks/deliveries/${id}/reprocess/`);
  const first = await again();
  expect([first.statusCode, first.json<Delivery>()]).toMatchObject([
    200,
    {
      state: 'done',
      attempts: 2,
      last_error: null,
      effect: { payment: { changed: true } },
      runs: [{ actor: admin.id, status: 200, effect: { payment: { changed: true } } }],
    },
  ]);
  expect((await again()).json<Delivery>()).toMatchObject({
    state: 'done',
    attempts: 3,
    effect: { payment: { changed: true } },
    runs: [{}, { status: 200, effect: { payment: { changed: false } } }],
  });
  process.mockRejectedValueOnce(new Error('The books are closed'));
  expect((await again()).json<Delivery>()).toMatchObject({
    state: 'done',
    runs: [{}, {}, { status: 500, effect: { error: 'Error' } }],
  });
});

describe('a window', () => {
  it('is shown with what it would change, and changes nothing', async () => {
    const { id, payment } = await failed();
    const answer = await reprocess({ ...around(), source: 'razorpay', dry_run: true });
    expect(answer.statusCode).toBe(200);
    const { matched, deliveries, effects } = answer.json<{
      matched: number;
      deliveries: number[];
      effects: object[];
    }>();
    expect(deliveries).toHaveLength(matched);
    expect(effects).toHaveLength(matched);
    expect(effects).toContainEqual({
      delivery: id,
      changes: true,
      effect: expect.objectContaining({ payment: { id: payment, changed: true } }),
    });
    expect(await delivery(id)).toMatchObject({ state: 'pending', attempts: 1 });
    await processed();
    expect(await delivery(id)).toMatchObject({ state: 'done', effect: { payment: { changed: true } } });
  });

  it('is processed again as the same events: once more, by whom, and to no further effect', async () => {
    const payment = paymentEntity();
    await callRazorpay(app, eventOf('payment.captured', { payment }));
    await processed();
    const answer = await reprocess(around());
    expect(answer.statusCode).toBe(202);
    const { matched, queued } = answer.json<{ matched: number; queued: number }>();
    expect([matched > 0, queued]).toEqual([true, matched]);
    await processed();
    const [found] = await find(`q=${String(payment.id)}`);
    expect(await delivery(found!.id)).toMatchObject({
      state: 'done',
      attempts: 2,
      effect: { payment: { changed: true } },
      runs: [{ actor: admin.id, status: 200, effect: { payment: { changed: false } } }],
    });
  });

  it('holds what arrived in it and nothing else', async () => {
    const id = gatewayId('pay');
    await callRazorpay(app, eventOf('payment.downtime.started', { payment: { id } }));
    const { to } = around();
    const later = await reprocess({ from: to, to: new Date(Date.parse(to) + HOUR_MS).toISOString(), dry_run: true });
    expect(later.json()).toEqual({ matched: 0, deliveries: [], effects: [] });
  });

  it.each([
    [{ to: '2026-03-01T14:00:00Z' }, '#/from'],
    [{ from: '2026-03-01T14:00:00Z', to: '2026-03-01T14:00:00Z' }, '#/to'],
    [{ from: '2026-03-01T14:00:00Z', to: '2026-04-01T14:00:01Z' }, '#/to'],
    [{ from: 'yesterday', to: '2026-03-01T14:00:00Z' }, '#/from'],
    [{ from: '2026-03-01T13:00:00Z', to: '2026-03-01T14:00:00Z', source: 'lernito' }, '#/source'],
    [{ from: '2026-03-01T13:00:00Z', to: '2026-03-01T14:00:00Z', sources: 'razorpay' }, '#/sources'],
    [{ from: '2026-03-01T13:00:00Z', to: '2026-03-01T14:00:00Z', dry_run: 'perhaps' }, '#/dry_run'],
  ])('%j: 400', async (body, pointer) => {
    const answer = await reprocess(body);
    expect([answer.statusCode, answer.json<object>()]).toMatchObject([400, { code: 'invalid', errors: [{ pointer }] }]);
  });

  it('may be 31 days long', async () => {
    const body = { from: '2026-03-01T14:00:00Z', to: '2026-04-01T14:00:00Z' };
    expect((await reprocess(body)).json()).toEqual({ matched: 0, queued: 0 });
  });

  it('is for administrators', async () => {
    const stranger = await loggedIn(app);
    expect((await stranger.call('POST', WINDOW, around())).statusCode).toBe(403);
    expect((await app.inject({ method: 'POST', url: WINDOW, payload: around() })).statusCode).toBe(401);
  });
});
