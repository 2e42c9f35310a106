import { createHmac } from 'node:crypto';
import { closeAll, startTestSimulator, type TestSimulator } from './simulator.kit';

let razorpay: TestSimulator;
let order: string;

beforeEach(async () => {
  razorpay = await startTestSimulator();
  order = (await razorpay.post('/v1/orders', { amount: 34_800, currency: 'INR', payment_capture: 1 })).id;
});
afterEach(closeAll);

const page = async (query: string): Promise<{ status: number; text: string; policy: string | null }> => {
  const response = await fetch(`${razorpay.url}/checkout?${query}`);
  return {
    status: response.status,
    text: await response.text(),
    policy: response.headers.get('content-security-policy'),
  };
};

function submit(fields: Record<string, string>, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${razorpay.url}/checkout`, { method: 'POST', headers, body: new URLSearchParams(fields) });
}

const sign = (message: string): string => createHmac('sha256', razorpay.keySecret).update(message).digest('hex');

it('signs as Razorpay documents it', async () => {
  const known = await startTestSimulator({ keySecret: 'key_secret' });
  const { id } = await known.subscribe();
  const bySubscription = known.paid({ subscription_id: id });
  const byOrder = known.paid({ order_id: (await known.post('/v1/orders', { amount: 100, currency: 'INR' })).id });
  const digest = (message: string): string => createHmac('sha256', 'key_secret').update(message).digest('hex');
  expect(digest('order_ABC|pay_DEF')).toBe('e0b0905aea398d147d05f35a1f2dc807d59321407a7523f97f793669510a8c4a');
  expect(byOrder.razorpay_signature).toBe(digest(`${byOrder.razorpay_order_id}|${byOrder.razorpay_payment_id}`));
  expect(bySubscription.razorpay_signature).toBe(digest(`${bySubscription.razorpay_payment_id}|${id}`));
});

it('shows the price and four ways out of it, without a script', async () => {
  const { status, text, policy } = await page(`order_id=${order}`);
  expect(status).toBe(200);
  expect(text).toContain('INR 348.00');
  expect(text.match(/name="choice" value="\w+"/g)).toHaveLength(4);
  expect(text).not.toContain('<script');
  expect(text).not.toContain(razorpay.keySecret);
  expect(policy).toBe(
    "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  );
  const style = await fetch(`${razorpay.url}/checkout/style.css`);
  expect(style.headers.get('content-type')).toBe('text/css; charset=utf-8');
});

it('shows a subscription by its plan’s name, with every sign escaped', async () => {
  const plan = await razorpay.plan(9_900, { name: '<img src=x onerror="alert(1)">&\'' });
  const { id } = await razorpay.post('/v1/subscriptions', { plan_id: plan.id, total_count: 2 });
  const { text } = await page(`subscription_id=${id}&callback_url=${encodeURIComponent('http://a.example/?"><b>')}`);
  expect(text).toContain('&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&amp;&#39;');
  expect(text).not.toContain('<img');
  expect(text).not.toContain('"><b>');
});

it('takes the payment and hands the signed fields back to the shop', async () => {
  const shop = 'http://shop.example:8080/return?to=home';
  const response = await submit({ order_id: order, choice: 'upi', callback_url: shop });
  const text = await response.text();
  const { payments } = razorpay.control.truth();
  expect(payments[0]).toMatchObject({ method: 'upi', status: 'captured' });
  expect(text).toContain(`action="${shop}"`);
  const signature = sign(`${order}|${payments[0]?.id}`);
  expect(text).toContain(`name="razorpay_signature" value="${signature}"`);
  expect(response.headers.get('content-security-policy')).toContain("form-action 'self' http://shop.example:8080;");
});

it('says so when the payment fails, and lets the payer try again', async () => {
  const failed = await (await submit({ order_id: order, choice: 'fail' })).text();
  expect(failed).toContain('Not paid');
  expect(failed).toContain(`/checkout?order_id=${order}`);
  await submit({ order_id: order, choice: 'late' });
  await razorpay.control.advance(60);
  expect(razorpay.control.truth().orders[0]).toMatchObject({ status: 'paid', attempts: 2 });
  const again = await page('order_id=order_00000000000000');
  expect([again.status, again.text.includes('Nothing to pay')]).toEqual([400, true]);
});

it.each(['javascript:alert(1)', 'nonsense', 'file:///etc/passwd'])('does not go to %s', async (address) => {
  const response = await submit({ order_id: order, choice: 'card', callback_url: address });
  expect(response.status).toBe(400);
  expect((await page(`order_id=${order}&callback_url=${encodeURIComponent(address)}`)).status).toBe(400);
  expect(razorpay.control.truth().payments).toEqual([]);
});

it('serves programs: by JSON, without a key', async () => {
  const pay = (body: object): Promise<Response> =>
    fetch(`${razorpay.url}/checkout/pay`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const failed = await pay({ order_id: order, outcome: 'failed' });
  expect([failed.status, await failed.json()]).toEqual([
    400,
    {
      error: {
        code: 'BAD_REQUEST_ERROR',
        description: expect.any(String),
        source: 'customer',
        step: 'payment_authorization',
        reason: 'payment_cancelled',
        metadata: { order_id: order, payment_id: expect.stringMatching(/^pay_/) },
      },
    },
  ]);
  const paid = (await (await pay({ order_id: order, method: 'upi' })).json()) as Record<string, string>;
  expect(paid).toEqual({
    razorpay_payment_id: expect.stringMatching(/^pay_/),
    razorpay_order_id: order,
    razorpay_signature: sign(`${order}|${paid['razorpay_payment_id']}`),
  });
  expect((await pay({ order_id: order })).status).toBe(400);
  expect((await pay({})).status).toBe(400);
  const { id } = await razorpay.subscribe();
  const response = await submit({ subscription_id: id, choice: 'card' }, { accept: 'application/json' });
  expect(await response.json()).toMatchObject({ razorpay_subscription_id: id });
});
