import { AccountRepository } from '../../src/auth/account/account.repository';
import { AccountService } from '../../src/auth/account/account.service';
import { MailboxOwnerService } from '../../src/auth/verification/mailbox-owner.service';
import { LedgerService } from '../../src/payment/ledger/ledger.service';
import { MandateJob } from '../../src/payment/mandate/mandate.job';
import { GuestSweeper } from '../../src/subscription/guest/guest.sweeper';
import { type LoggedIn, loggedIn } from '../factories/administrator';
import { newPerson, PASSWORD, registered } from '../factories/person';
import { aPost } from '../factories/post';
import { aCreator, aTier } from '../factories/tier';
import { type MoneyApp, startMoneyApp } from './money.kit';

const WAITS = 'Your purchase waits for you';
const RETURNED = 'What you paid goes back to you';
const HTML = { accept: 'text/html' };
const LEAKS = ['hunter2-hunter2'];

let money: MoneyApp;
let creator: LoggedIn;

beforeAll(async () => {
  money = await startMoneyApp({ RATE_LIMITS: 'off' });
  creator = await aCreator(money);
});

interface Opened {
  readonly email: string;
  readonly phone: string;
  readonly username: string;
  readonly SubscriptionID: string;
  readonly public_key: string;
}

type Callback = Record<string, string>;

const post = (url: string, payload: object = {}, headers: Record<string, string> = {}) =>
  money.inject({ method: 'POST', url, payload, headers });

const mailbox = (): string => newPerson().email;

async function opened(email: string, body: object): Promise<Opened> {
  const wish = {
    email,
    phone: '+919876543210',
    password: LEAKS[0],
    payment_type: 'recurring',
    currency: 'INR',
    ...body,
  };
  const answer = await post('/subscriptions/get_ghost_user/', wish);
  expect([answer.statusCode, Object.keys(answer.json<object>())]).toEqual([
    200,
    ['email', 'phone', 'username', 'SubscriptionID', 'public_key'],
  ]);
  return answer.json<Opened>();
}

function paid(id: string, more: object = {}): Callback {
  const what = id.startsWith('sub_') ? { subscription_id: id } : { order_id: id };
  const result = money.simulator.pay({ ...what, ...more });
  if ('error' in result) throw new Error(JSON.stringify(result.error));
  const { razorpay_payment_id, razorpay_signature } = result.callback;
  return { razor_payment_id: razorpay_payment_id, razorpay_signature, razorpay_subscription_id: id };
}

/** Paid at the gateway, and told. */
async function bought(email: string, body: object): Promise<Opened> {
  const checkout = await opened(email, body);
  paid(checkout.SubscriptionID);
  await money.settled();
  return checkout;
}

async function subjects(email: string): Promise<string[]> {
  return (await money.mails(email)).map(({ subject }) => subject);
}

async function linkOf(email: string): Promise<string> {
  const mail = (await money.mails(email)).findLast(({ subject }) => subject === WAITS);
  const link = /https?:\/\/\S+/.exec(mail?.text ?? '')?.[0];
  if (link === undefined) throw new Error(`no link went to ${email}`);
  return new URL(link).pathname;
}

async function claimed(email: string): Promise<{ username: string; password_url: string | null }> {
  const answer = await post(await linkOf(email));
  expect(answer.statusCode).toBe(200);
  return answer.json();
}

/** With the password that the new owner chooses behind the link. */
async function signedIn(username: string, passwordUrl: string | null): Promise<LoggedIn> {
  const chosen = { new_password1: PASSWORD, new_password2: PASSWORD };
  expect((await post(new URL(passwordUrl ?? '').pathname, chosen)).statusCode).toBe(200);
  const login = await post('/authenticate/api/token/', { username, password: PASSWORD });
  const authorization = `Bearer ${login.json<{ access: string }>().access}`;
  const account = await money.get(AccountService).findByIdentifier(username);
  return {
    id: account!.id,
    email: account!.email,
    call: (method, url, payload, headers) =>
      money.inject({ method, url, payload, headers: { ...headers, authorization } }),
  };
}

async function owner(email: string): Promise<LoggedIn> {
  const { username, password_url } = await claimed(email);
  return signedIn(username, password_url);
}

async function mine(member: LoggedIn): Promise<Record<string, unknown>[]> {
  const answer = await member.call('GET', '/subscriptions/list');
  return answer.json<{ subscriptions: Record<string, unknown>[] }>().subscriptions;
}

async function opens(member: LoggedIn, { id }: { readonly id: number }): Promise<boolean> {
  return !(await member.call('GET', `/content/api/content/${id}/`)).json<{ locked: boolean }>().locked;
}

async function members({ id }: { readonly id: number }): Promise<number> {
  return (await creator.call('GET', `/content/api/tiers/${id}/`)).json<{ subscriber_count: number }>().subscriber_count;
}

function paymentOf({ razor_payment_id }: Callback) {
  return money.simulator.control.truth().payments.find(({ id }) => id === razor_payment_id);
}

const statusAt = (id: string): string | undefined =>
  money.simulator.control.truth().subscriptions.find((subscription) => subscription.id === id)?.status;

describe('a guest without an account', () => {
  it('pays, gets one link, and all of it is theirs; charges go on', async () => {
    const tier = await aTier(money, creator);
    const once = await aTier(money, creator);
    const locked = await aPost(money, creator, { tiers: [tier.id] });
    const email = mailbox();
    const { SubscriptionID, username } = await opened(email, { tierID: tier.id });
    expect(username).toMatch(/^guest-[0-9a-f]{16}$/);
    const saved = await post('/subscriptions/save', { tierID: tier.id, ...paid(SubscriptionID) });
    expect([saved.statusCode, saved.json()]).toEqual([200, { details: 'Subscription created' }]);
    await money.settled();
    expect(await subjects(email)).toEqual([WAITS]);
    expect(await members(tier)).toBe(0);
    await bought(email, { payment_type: 'oneTime', tierID: once.id });
    expect(await money.get(AccountService).findByEmail(email)).toBeUndefined();

    const link = await linkOf(email);
    const scanned = () => money.inject({ method: 'GET', url: link, headers: HTML });
    for (const page of [await scanned(), await scanned()]) {
      expect([page.statusCode, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    }
    expect(await members(tier)).toBe(0);
    const done = await claimed(email);
    expect(done).toEqual({ detail: 'ok', username, password_url: expect.stringContaining('/password/reset/confirm/') });
    expect((await post(link)).statusCode).toBe(404);
    expect((await money.inject({ method: 'GET', url: link })).statusCode).toBe(404);
    expect(await members(tier)).toBe(1);

    const member = await signedIn(username, done.password_url);
    expect(await mine(member)).toMatchObject([
      { kind: 'one_time', tier: { id: once.id }, status: 'active', has_access: true },
      { kind: 'recurring', tier: { id: tier.id }, status: 'active', has_access: true },
    ]);
    expect(await opens(member, locked)).toBe(true);
    await money.pass(33);
    expect((await mine(member)).at(-1)).toMatchObject({ status: 'active', has_access: true });
    await member.call('POST', '/subscriptions/end/', { tier: tier.id, end_type: 0 });
    expect(statusAt(SubscriptionID)).toBe('cancelled');
  });

  it('is charged on while the purchase waits, told of it, and has what is paid on coming for it', async () => {
    const tier = await aTier(money, creator);
    const once = await aTier(money, creator);
    const email = mailbox();
    await bought(email, { tierID: tier.id });
    await bought(email, { payment_type: 'oneTime', tierID: once.id });
    await money.pass(33);
    expect(await subjects(email)).toEqual([WAITS, WAITS, WAITS]);
    const member = await owner(email);
    const [month, subscription] = await mine(member);
    expect([subscription, month]).toMatchObject([
      { kind: 'recurring', has_access: true },
      { kind: 'one_time', has_access: true },
    ]);
    // A month that was paid once begins when somebody comes for it.
    const left = Date.parse(String(month?.['access_until'])) - money.clock.now().getTime();
    expect(left).toBeGreaterThan(27 * 86_400_000);
    await money.pass(33);
    expect(await mine(member)).toMatchObject([{ has_access: false }, { kind: 'recurring', has_access: true }]);
    expect(await subjects(email)).not.toHaveLength(2);
  });

  it('a browser gets pages; the link in one mail is as good as in another, until one is used', async () => {
    const email = mailbox();
    await bought(email, { tierID: (await aTier(money, creator)).id });
    const first = await linkOf(email);
    money.clock.advance(4 * 60_000);
    const asked = await post('/subscriptions/guest/link/', { email: email.toUpperCase() });
    const soon = await post('/subscriptions/guest/link/', { email });
    const unknown = await post('/subscriptions/guest/link/', { email: mailbox() });
    for (const answer of [asked, soon, unknown])
      expect([answer.statusCode, answer.json()]).toEqual([200, { detail: 'ok' }]);
    expect(await subjects(email)).toEqual([WAITS, WAITS]);
    const second = await linkOf(email);
    expect(second).not.toBe(first);
    const form = { 'content-type': 'application/x-www-form-urlencoded', ...HTML };
    const page = await money.inject({ method: 'POST', url: first, headers: form, payload: '' });
    expect([page.statusCode, page.body]).toEqual([200, expect.stringContaining('Choose a password')]);
    expect((await money.inject({ method: 'POST', url: second, headers: form, payload: '' })).statusCode).toBe(404);
  });

  it('has two weeks for a link, and may ask for another later', async () => {
    const email = mailbox();
    const tier = await aTier(money, creator);
    await bought(email, { payment_type: 'oneTime', tierID: tier.id });
    const link = await linkOf(email);
    money.clock.advance(14 * 86_400_000);
    expect((await post(link)).statusCode).toBe(404);
    await post('/subscriptions/guest/link/', { email });
    expect(await mine(await owner(email))).toMatchObject([{ kind: 'one_time', has_access: true }]);
  });
});

describe('a guest’s tip', () => {
  it('stands on the wall when it is paid, and is its giver’s when they come', async () => {
    const seller = await aCreator(money);
    const email = mailbox();
    const words = { name: 'Ravi', message: 'well done' };
    const tip = { payment_type: 'tip', creatorID: seller.id, amount: 34_800 };
    const { SubscriptionID } = await opened(email, { ...tip, ...words });
    expect((await opened(email, { ...tip, ...words })).SubscriptionID).toBe(SubscriptionID);
    expect((await opened(email, { ...tip, message: 'other words' })).SubscriptionID).not.toBe(SubscriptionID);
    const saved = await post('/subscriptions/save', paid(SubscriptionID));
    expect([saved.statusCode, saved.json()]).toEqual([200, { details: 'Subscription created' }]);
    await money.settled();
    const wall = await money.inject({ method: 'GET', url: `/subscriptions/list_message/${seller.id}` });
    expect(wall.json()).toMatchObject({ messages: [{ ...words, amount: 34_800 }] });
    const giver = await owner(email);
    const sent = await giver.call('GET', `/subscriptions/list_tips/${giver.id}`);
    expect(sent.json()).toMatchObject({ tips: [{ message: 'well done', amount: 34_800, status: 'paid' }] });
    expect(await money.get(LedgerService).balances(seller.id)).toEqual([{ currency: 'INR', amount: 34_800 }]);
  });
});

describe('what a stranger learns', () => {
  it('is nothing: neither answer nor mail tells whether the address has an account', async () => {
    const tier = await aTier(money, creator);
    const known = await registered(money, { username: 'somebody-else', emailVerified: true });
    const unknown = mailbox();
    const answers = [await opened(known.email, { tierID: tier.id }), await opened(unknown, { tierID: tier.id })];
    for (const { username, email } of answers) {
      expect(username).toMatch(/^guest-[0-9a-f]{16}$/);
      expect(await subjects(email)).toEqual([]);
    }
    expect(JSON.stringify(answers)).not.toContain(known.username);
    for (const { SubscriptionID } of answers) await post('/subscriptions/save', paid(SubscriptionID));
    await money.settled();
    expect([await subjects(known.email), await subjects(unknown)]).toEqual([[WAITS], [WAITS]]);
    // The seller neither: nobody has become a member.
    expect(await members(tier)).toBe(0);
  });

  it('the password is kept nowhere', async () => {
    const tier = await aTier(money, creator);
    const email = mailbox();
    const body = { email, phone: '1', password: LEAKS[0], payment_type: 'recurring', tierID: tier.id };
    const key = { 'idempotency-key': `guest-${email}` };
    const answer = await post('/subscriptions/get_ghost_user', body, key);
    const again = await post('/subscriptions/get_ghost_user', { ...body, password: 'another' }, key);
    expect([again.statusCode, again.json(), again.headers['idempotent-replayed']]).toEqual([
      200,
      answer.json(),
      'true',
    ]);
    paid(answer.json<Opened>().SubscriptionID);
    await money.settled();
    const { username } = await claimed(email);
    const login = await post('/authenticate/api/token/', { username, password: LEAKS[0] });
    expect(login.statusCode).toBe(401);
  });
});

describe('an account that is there', () => {
  it('gets it by the link, signed in with a proven mailbox, or on proving it', async () => {
    const [one, two] = [await aTier(money, creator), await aTier(money, creator)];
    const member = await loggedIn(money);
    await bought(member.email, { tierID: one.id });
    expect(await mine(member)).toEqual([]);
    expect(await claimed(member.email)).toMatchObject({ password_url: null });
    expect(await mine(member)).toMatchObject([{ tier: { id: one.id }, has_access: true }]);
    await bought(member.email, { payment_type: 'oneTime', tierID: two.id });
    const claim = () => member.call('POST', '/subscriptions/guest/claim/', {});
    expect((await claim()).json()).toEqual({ claimed: 1 });
    expect((await claim()).json()).toEqual({ claimed: 0 });
    expect((await mine(member)).map(({ has_access }) => has_access)).toEqual([true, true]);

    const late = await loggedIn(money, { emailVerified: false });
    await bought(late.email, { tierID: one.id });
    expect((await late.call('POST', '/subscriptions/guest/claim/', {})).statusCode).toBe(403);
    expect(await mine(late)).toEqual([]);
    await money.get(AccountService).markEmailVerified(late.id);
    await money.drained();
    expect(await mine(late)).toMatchObject([{ tier: { id: one.id }, has_access: true }]);
  });

  it('is too late where the creator has left: what opened nothing goes back, months that were waited for as well', async () => {
    const seller = await aCreator(money);
    const [monthly, once] = [await aTier(money, seller), await aTier(money, seller)];
    const email = mailbox();
    const { SubscriptionID } = await opened(email, { tierID: monthly.id });
    const first = paid(SubscriptionID);
    const { SubscriptionID: orderId } = await opened(email, { payment_type: 'oneTime', tierID: once.id });
    const second = paid(orderId);
    await money.settled();
    await money.pass(32);
    const link = await linkOf(email);
    expect((await seller.call('DELETE', '/api/user/delete/')).statusCode).toBe(204);
    await money.settled();
    await money.settled();
    expect([first, second].map((callback) => paymentOf(callback)?.status)).toEqual(['refunded', 'refunded']);
    const kept = money.simulator.control
      .truth()
      .invoices.filter(({ subscription_id, status }) => subscription_id === SubscriptionID && status === 'paid')
      .map(({ payment_id }) => paymentOf({ razor_payment_id: payment_id! })?.status);
    expect(kept).toEqual(['refunded', 'refunded']);
    expect(statusAt(SubscriptionID)).toBe('cancelled');
    expect((await subjects(email)).filter((subject) => subject === RETURNED)).toHaveLength(2);
    expect((await post(link)).statusCode).toBe(404);
  });

  it('that a stranger made for the address loses the stranger’s password and sessions', async () => {
    const tier = await aTier(money, creator);
    const thief = await loggedIn(money, { emailVerified: false });
    await bought(thief.email, { tierID: tier.id });
    const { username, password_url } = await claimed(thief.email);
    expect((await thief.call('GET', '/subscriptions/list')).statusCode).toBe(401);
    expect((await post('/authenticate/api/token/', { username, password: PASSWORD })).statusCode).toBe(401);
    const member = await signedIn(username, password_url);
    expect([member.id, await mine(member)]).toMatchObject([thief.id, [{ has_access: true }]]);
  });

  it('that has the tier keeps its own: the guest’s ends and every rupee goes back', async () => {
    const tier = await aTier(money, creator);
    const member = await loggedIn(money);
    const own = (await member.call('POST', '/subscriptions/create', { tierID: tier.id })).json<Opened>().SubscriptionID;
    await member.call('POST', '/subscriptions/save', paid(own));
    const { SubscriptionID } = await opened(member.email, { tierID: tier.id });
    const callback = paid(SubscriptionID);
    await money.settled();
    await claimed(member.email);
    await money.settled();
    await money.settled();
    expect(await subjects(member.email)).toEqual([WAITS, RETURNED]);
    expect(paymentOf(callback)).toMatchObject({ status: 'refunded', amount_refunded: 19_900 });
    expect([statusAt(SubscriptionID), statusAt(own)]).toEqual(['cancelled', 'active']);
    expect(await mine(member)).toMatchObject([
      { status: 'cancelled', has_access: false },
      { status: 'active', has_access: true },
    ]);
    expect(await members(tier)).toBe(1);
  });

  it('with a checkout under way gets the paid one in its place; a disabled one gets nothing, and nothing is lost', async () => {
    const tier = await aTier(money, creator);
    const member = await loggedIn(money);
    const own = (await member.call('POST', '/subscriptions/create', { tierID: tier.id })).json<Opened>().SubscriptionID;
    await bought(member.email, { tierID: tier.id });
    await money.get(AccountService).disable(member.id);
    const link = await linkOf(member.email);
    expect((await post(link)).statusCode).toBe(409);
    await money.get(AccountService).enable(member.id);
    expect((await post(link)).statusCode).toBe(200);
    expect(await members(tier)).toBe(1);
    money.clock.advance(3_600_000);
    await money.get(MandateJob).run();
    expect(statusAt(own)).toBe('cancelled');
  });
});

describe('a checkout', () => {
  it('is one for a mailbox and a tier, however often and however many at once ask', async () => {
    const tier = await aTier(money, creator);
    const email = mailbox();
    const many = await Promise.all(Array.from({ length: 8 }, () => opened(email, { tierID: tier.id })));
    expect(new Set(many.map((one) => JSON.stringify(one))).size).toBe(1);
    const other = await opened(email, { payment_type: 'oneTime', tierID: tier.id });
    expect(other.SubscriptionID).toMatch(/^order_/);
  });

  it('paid beside one that waits for the same mailbox in the same tier is paid back', async () => {
    const tier = await aTier(money, creator);
    const email = mailbox();
    const first = await bought(email, { tierID: tier.id });
    const { SubscriptionID } = await opened(email, { payment_type: 'oneTime', tierID: tier.id });
    const callback = paid(SubscriptionID);
    await money.settled();
    await money.settled();
    expect(paymentOf(callback)).toMatchObject({ status: 'refunded' });
    expect(await subjects(email)).toEqual([WAITS, RETURNED]);
    expect(await mine(await owner(email))).toMatchObject([{ kind: 'recurring', has_access: true }]);
    expect(statusAt(first.SubscriptionID)).toBe('active');
  });

  it('that nobody pays is forgotten after a week; what is paid after all is paid back', async () => {
    const tier = await aTier(money, creator, { member_limit: 1 });
    const email = mailbox();
    const { SubscriptionID } = await opened(email, { payment_type: 'oneTime', tierID: tier.id });
    const full = { phone: '1', payment_type: 'recurring', tierID: tier.id };
    const refused = await post('/subscriptions/get_ghost_user/', { email: mailbox(), ...full });
    expect([refused.statusCode, refused.json()]).toEqual([400, { tierID: ['This tier is full.'] }]);
    await money.pass(8);
    expect(await money.get(GuestSweeper).run()).toBeGreaterThan(0);
    const callback = paid(SubscriptionID);
    await money.settled();
    await money.settled();
    expect(paymentOf(callback)).toMatchObject({ status: 'refunded' });
    expect(await subjects(email)).toEqual([]);
  });

  it('that lost its seat before it was paid is not promised to anybody: what is paid goes back', async () => {
    const tier = await aTier(money, creator, { member_limit: 1 });
    const email = mailbox();
    const { SubscriptionID } = await opened(email, { payment_type: 'oneTime', tierID: tier.id });
    money.clock.advance(31 * 60_000);
    const member = await loggedIn(money);
    expect((await member.call('POST', '/subscriptions/create', { tierID: tier.id })).statusCode).toBe(200);
    const callback = paid(SubscriptionID);
    await money.settled();
    await money.settled();
    expect(paymentOf(callback)).toMatchObject({ status: 'refunded' });
    expect(await subjects(email)).toEqual([RETURNED]);
  });

  it('keeps the seat that it has paid for until somebody comes for it', async () => {
    const tier = await aTier(money, creator, { member_limit: 1 });
    const email = mailbox();
    await bought(email, { tierID: tier.id });
    money.clock.advance(2 * 3_600_000);
    const late = await (await loggedIn(money)).call('POST', '/subscriptions/create', { tierID: tier.id });
    expect([late.statusCode, late.json()]).toEqual([400, { tierID: ['This tier is full.'] }]);
    await claimed(email);
    expect(await members(tier)).toBe(1);
  });

  it('credits the creator when it is paid', async () => {
    const seller = await aCreator(money);
    const tier = await aTier(money, seller);
    await bought(mailbox(), { payment_type: 'oneTime', tierID: tier.id });
    expect(await money.get(LedgerService).balances(seller.id)).toEqual([{ currency: 'INR', amount: 19_900 }]);
  });
});

describe('at once', () => {
  it('claims by link, by sign-in, by proof and by charge have one effect', async () => {
    const tier = await aTier(money, creator);
    const member = await loggedIn(money);
    const { SubscriptionID } = await bought(member.email, { tierID: tier.id });
    const link = await linkOf(member.email);
    const answers = await Promise.all([
      ...Array.from({ length: 4 }, () => post(link)),
      ...Array.from({ length: 4 }, () => member.call('POST', '/subscriptions/guest/claim/', {})),
      money.pass(32).then(() => undefined),
    ]);
    const codes = answers.map((answer) => answer?.statusCode);
    expect(codes.slice(0, 4).filter((code) => code === 200).length).toBeLessThanOrEqual(1);
    expect(codes.filter((code) => code !== 200 && code !== 404 && code !== undefined)).toEqual([]);
    await money.settled();
    expect(await mine(member)).toMatchObject([{ status: 'active', has_access: true }]);
    expect([await members(tier), statusAt(SubscriptionID)]).toEqual([1, 'active']);
  });

  it('a new owner by several links is one account', async () => {
    const tier = await aTier(money, creator);
    const email = mailbox();
    await bought(email, { tierID: tier.id });
    const link = await linkOf(email);
    const answers = await Promise.all(Array.from({ length: 6 }, () => post(link)));
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 404, 404, 404, 404, 404]);
    expect(await members(tier)).toBe(1);
  });

  it.each<[string, (close: (id: number) => Promise<void>) => void]>([
    [
      'found',
      (close) => {
        const repository = money.get(AccountRepository);
        const find = repository.byEmail.bind(repository);
        jest.spyOn(repository, 'byEmail').mockImplementationOnce(async (address) => {
          const found = await find(address);
          await close(found!.id);
          return found;
        });
      },
    ],
    [
      'its own',
      (close) => {
        const owners = money.get(MailboxOwnerService);
        const find = owners.ownerOf.bind(owners);
        jest.spyOn(owners, 'ownerOf').mockImplementationOnce(async (address, fresh) => {
          const found = await find(address, fresh);
          await close(found.accountId);
          return found;
        });
      },
    ],
  ])('an account that closes as it is %s leaves the purchase to a new one', async (_, race) => {
    const tier = await aTier(money, creator);
    // Proven before: so that no news of the proof claims it first.
    const before = await registered(money, { emailVerified: true });
    await bought(before.email, { payment_type: 'oneTime', tierID: tier.id });
    race((id) => money.get(AccountService).close(id));
    const member = await owner(before.email);
    expect(member.id).not.toBe(before.id);
    expect(await mine(member)).toMatchObject([{ tier: { id: tier.id }, has_access: true }]);
  });

  it('a payment and the proof of its mailbox end alike, whichever comes first', async () => {
    const tier = await aTier(money, creator);
    for (const order of ['pay', 'prove', 'both']) {
      const person = newPerson();
      const { SubscriptionID } = await opened(person.email, { tierID: tier.id });
      const member = await loggedIn(money, { ...person, emailVerified: false });
      const prove = () => money.get(AccountService).markEmailVerified(member.id);
      const pay = () => post('/subscriptions/save', paid(SubscriptionID));
      if (order === 'pay') await pay().then(prove);
      else if (order === 'prove') await prove().then(pay);
      else await Promise.all([pay(), prove()]);
      await money.settled();
      expect([order, await mine(member)]).toMatchObject([order, [{ tier: { id: tier.id }, has_access: true }]]);
    }
  });
});

describe('it refuses', () => {
  it('what is not on sale, and what makes no sense', async () => {
    const tier = await aTier(money, creator);
    const free = await aTier(money, creator, { is_public: true });
    const person = { email: mailbox(), phone: '12345' };
    const cases: [object, object][] = [
      [{}, { email: [expect.any(String)], phone: [expect.any(String)], payment_type: [expect.any(String)] }],
      [{ ...person, payment_type: 'recurring' }, { tierID: ['This field is required.'] }],
      [{ ...person, payment_type: 'oneTime', tierID: null }, { tierID: ['This field is required.'] }],
      [{ ...person, payment_type: 'commission', tierID: tier.id }, { commissionID: ['This field is required.'] }],
      [
        { ...person, payment_type: 'commission', commissionID: 7 },
        { commissionID: ['Invalid pk "7" - object does not exist.'] },
      ],
      [{ ...person, payment_type: 'tip', amount: 100 }, { creatorID: ['This field is required.'] }],
      [{ ...person, payment_type: 'tip', creatorID: creator.id }, { amount: ['This field is required.'] }],
      [
        { ...person, payment_type: 'tip', creatorID: 999_999, amount: 100 },
        { creatorID: ['Invalid pk "999999" - object does not exist.'] },
      ],
      [
        { ...person, payment_type: 'tip', creatorID: creator.id, amount: 99 },
        { amount: ['Ensure this value is greater than or equal to 100.'] },
      ],
      [{ ...person, payment_type: 'gift', tierID: tier.id }, { payment_type: ['"gift" is not a valid choice.'] }],
      [
        { ...person, payment_type: 'recurring', tierID: free.id },
        { tierID: ['This tier is free: there is nothing to pay.'] },
      ],
      [
        { ...person, payment_type: 'recurring', tierID: 999_999 },
        { tierID: ['Invalid pk "999999" - object does not exist.'] },
      ],
      [
        { ...person, payment_type: 'recurring', tierID: tier.id, currency: 'USD' },
        { currency: ['This tier has no price in USD.'] },
      ],
      [
        { ...person, email: 'nobody', payment_type: 'recurring', tierID: tier.id },
        { email: ['Enter a valid email address.'] },
      ],
      [
        { ...person, phone: '1'.repeat(33), payment_type: 'recurring', tierID: tier.id },
        { phone: ['Ensure this field has no more than 32 characters.'] },
      ],
    ];
    for (const [body, expected] of cases) {
      const answer = await post('/subscriptions/get_ghost_user/', body);
      expect([answer.statusCode, answer.json()]).toEqual([400, expected]);
    }
    for (const body of [
      [],
      'text',
      { email: { $ne: '' } },
      { ...person, payment_type: ['recurring'], tierID: '1e9' },
    ]) {
      const answer = await money.inject({
        method: 'POST',
        url: '/subscriptions/get_ghost_user/',
        headers: { 'content-type': 'application/json' },
        payload: JSON.stringify(body),
      });
      expect(answer.statusCode).toBe(400);
    }
  });

  it('callbacks that prove nothing, and links that are none', async () => {
    const [tier, other] = [await aTier(money, creator), await aTier(money, creator)];
    const { SubscriptionID } = await opened(mailbox(), { tierID: tier.id });
    const theirs = await opened(mailbox(), { tierID: tier.id });
    const callback = paid(SubscriptionID);
    const forged = { ...callback, razorpay_signature: '0'.repeat(64) };
    const attempts: [object, number][] = [
      [forged, 400],
      [{ ...callback, razorpay_subscription_id: theirs.SubscriptionID }, 400],
      [{ ...callback, tierID: other.id }, 400],
      [{ ...callback, razorpay_subscription_id: 'sub_none' }, 401],
    ];
    for (const [body, status] of attempts) expect((await post('/subscriptions/save', body)).statusCode).toBe(status);
    const member = await loggedIn(money);
    const own = (await member.call('POST', '/subscriptions/create', { tierID: tier.id })).json<Opened>();
    expect((await post('/subscriptions/save', paid(own.SubscriptionID))).statusCode).toBe(401);
    // Who pays as a guest may be signed in as somebody: it stays the mailbox's.
    expect((await member.call('POST', '/subscriptions/save', callback)).json()).toEqual({
      details: 'Subscription created',
    });
    for (const key of ['x', 'A'.repeat(43), '%00', "'%20or%201=1--"]) {
      expect((await post(`/subscriptions/guest/claim/${key}/`)).statusCode).toBe(404);
      expect((await money.inject({ method: 'GET', url: `/subscriptions/guest/claim/${key}/` })).statusCode).toBe(404);
    }
    expect((await post('/subscriptions/guest/claim/')).statusCode).toBe(401);
  });
});
