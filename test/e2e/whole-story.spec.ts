import { CourseService } from '../../src/enrollment-webhook/course/course.service';
import { AccountService } from '../../src/auth/account/account.service';
import { LedgerService } from '../../src/payment/ledger/ledger.service';
import { RestAuthClient, somebody } from '../integration/auth-rest/rest-auth-client';
import { PASSWORD } from '../factories/person';
import { type MoneyApp, startMoneyApp } from './money.kit';
import { EventClient } from './notification-stream.kit';

const COURSE = 'course-v1:Story+Course+2026';

type Body = Record<string, unknown>;

let money: MoneyApp;

beforeAll(async () => {
  money = await startMoneyApp({ RATE_LIMITS: 'off' });
});

/** A browser: it keeps the cookies that it is given, and says from where it asks. */
class Browser {
  private readonly jar = new Map<string, string>();

  get cookie(): string {
    return [...this.jar].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  async call(method: string, path: string, body?: object): Promise<{ status: number; body: Body }> {
    const origin = await money.url();
    const answer = await fetch(`${origin}${path}`, {
      method,
      headers: {
        cookie: this.cookie,
        origin: 'http://localhost:8000',
        ...(body && { 'content-type': 'application/json' }),
      },
      body: body && JSON.stringify(body),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=');
      this.jar.set(name, value);
    }
    const text = await answer.text();
    return { status: answer.status, body: text === '' ? {} : (JSON.parse(text) as Body) };
  }

  /** Its answer, which has to be a good one. */
  async did(method: string, path: string, body?: object): Promise<Body> {
    const answer = await this.call(method, path, body);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }
}

/** Registers, proves the mailbox by the link in the mail, and signs in with cookies. */
async function signedUp(): Promise<{ browser: Browser; id: number }> {
  const client = new RestAuthClient(money);
  const person = somebody();
  const browser = new Browser();
  await browser.did('POST', '/authenticate/rest-auth/registration/', {
    ...person,
    password1: PASSWORD,
    password2: PASSWORD,
  });
  const { key } = await client.verificationMail(person);
  await browser.did('POST', '/authenticate/rest-auth/registration/verify-email/', { key });
  await browser.did('POST', '/api/token/', { username: person.username, password: PASSWORD });
  return { browser, id: Number((await browser.did('GET', '/api/user/profile/'))['id']) };
}

/** What the checkout page posts when the payer's bank agrees. */
function paid(checkout: { order_id: string } | { subscription_id: string }): Record<string, string> {
  const result = money.simulator.pay(checkout);
  if ('error' in result) throw new Error(JSON.stringify(result.error));
  const { razorpay_payment_id, razorpay_signature } = result.callback;
  return { razorpay_payment_id, razorpay_signature };
}

it('is one story: from signing up to the end of access, and every coin of it in the ledger', async () => {
  const { browser: creator, id: creatorId } = await signedUp();
  await money.get(AccountService).updateProfile(creatorId, { isCreator: true });
  await money.get(CourseService).create({ course_id: COURSE, display_name: 'Drawing', owners: [creatorId] });
  const tier = await creator.did('POST', '/content/api/tiers/', {
    name: 'Gold',
    prices: [{ currency: 'INR', amount: 19_900 }],
    course_ids: [COURSE],
  });
  const post = await creator.did('POST', '/content/api/content/', {
    title: 'For members',
    body: 'The secret of shading',
    tiers: [tier['id']],
  });
  const bell = await EventClient.connect(await money.url(), { cookie: creator.cookie });

  const { browser: member } = await signedUp();
  await member.did('POST', `/feed/api/follow/${creatorId}/`);
  await bell.until('the follower', () => bell.notifications.length === 1);
  expect((await member.did('GET', `/content/api/content/${String(post['id'])}/`))['locked']).toBe(true);

  const { SubscriptionID } = await member.did('POST', '/subscriptions/create', { tierID: tier['id'] });
  const callback = paid({ subscription_id: String(SubscriptionID) });
  await member.did('POST', '/subscriptions/save', {
    tierID: tier['id'],
    razorpay_subscription_id: SubscriptionID,
    ...callback,
  });
  await money.settled();
  const opened = await member.did('GET', `/content/api/content/${String(post['id'])}/`);
  expect([opened['locked'], opened['body']]).toEqual([false, 'The secret of shading']);
  expect((await member.did('GET', '/api/enrollments/'))['results']).toMatchObject([
    { course_id: COURSE, status: 'active' },
  ]);
  await bell.until('the member', () => bell.notifications.length === 2);

  const memberBell = await EventClient.connect(await money.url(), { cookie: member.cookie });
  const offer = await creator.did('POST', '/commissions/api/commission-creator', {
    title: 'A portrait',
    prices: [{ currency: 'INR', amount: 34_800 }],
    delivery_modes: [{ id: 1, name: 'By mail' }],
    slots: 1,
  });
  const order = await member.did('POST', '/commissions/api/commission-user', {
    commissionID: offer['id'],
    description: 'My cat',
    contactDetails: 'post box 7',
    mode_of_delivery: 1,
    currency: 'INR',
  });
  const steps = `/commissions/api/orders/${String(order['id'])}/`;
  await member.did('POST', `${steps}save/`, paid({ order_id: String(order['SubscriptionID']) }));
  await money.settled();
  await bell.until('the order', () => bell.notifications.length === 3);
  await creator.did('POST', `${steps}accept/`);
  await creator.did('POST', `${steps}deliver/`, { message: 'Here it is' });
  await money.settled();
  await memberBell.until('both steps', () => memberBell.notifications.length === 2);
  expect((await member.did('GET', steps))['status']).toBe('delivered');
  await member.did('POST', `${steps}close/`);

  await member.did('POST', '/subscriptions/end/', { tier: tier['id'], end_type: 1 });
  expect((await member.did('GET', `/content/api/content/${String(post['id'])}/`))['locked']).toBe(false);
  await money.pass(32);
  expect((await member.did('GET', `/content/api/content/${String(post['id'])}/`))['locked']).toBe(true);
  expect((await member.did('GET', '/api/enrollments/'))['results']).toMatchObject([
    { course_id: COURSE, status: 'ended' },
  ]);

  const ledger = money.get(LedgerService);
  expect(await ledger.balances(creatorId)).toEqual([{ currency: 'INR', amount: 19_900 + 34_800 }]);
  expect(await ledger.check()).toEqual({ unbalanced: [], drifted: [] });
  const { payments } = money.simulator.control.truth();
  expect(payments.map(({ status, amount }) => [status, amount])).toEqual([
    ['captured', 19_900],
    ['captured', 34_800],
  ]);
  const stats = await creator.did('GET', '/feed/api/stats');
  expect(stats['money']).toMatchObject([{ currency: 'INR', balance: 54_700 }]);
  const spent = await member.did('GET', '/feed/api/userstats');
  expect(spent['paid']).toMatchObject([{ currency: 'INR', paid: 54_700, refunded: 0 }]);
  bell.drop();
  memberBell.drop();
});
