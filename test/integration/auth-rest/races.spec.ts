import type { Account } from '../../../src/auth/account/account.entity';
import { AccountService } from '../../../src/auth/account/account.service';
import { SessionService } from '../../../src/auth/session/session.service';
import { SignInService } from '../../../src/auth/sign-in/sign-in.service';
import { AccountMailListener } from '../../../src/auth/verification/account-mail.listener';
import { PASSWORD } from '../../factories/person';
import { startTestApp, type TestApp } from '../../setup/test-app';
import { keyHeader, RestAuthClient, somebody } from './rest-auth-client';

const NEW = 'a whole new password';
const CLIENT = { ip: '127.0.0.1', userAgent: 'Spec/1.0' };

let app: TestApp;
let client: RestAuthClient;

beforeAll(async () => {
  app = await startTestApp();
  client = new RestAuthClient(app);
});

async function recognised(identifier: string): Promise<Account> {
  const signIn = await app.get(SignInService).signIn({ identifier, password: PASSWORD, address: '127.0.0.1' });
  if (!signIn.account) throw new Error(signIn.outcome);
  return signIn.account;
}

describe('a sign-in that is under way while the password changes', () => {
  it('opens no session', async () => {
    const { username, userId } = await client.member();
    const account = await recognised(username);
    await app.get(AccountService).setPassword(userId, NEW);
    const opened = await app
      .get(SignInService)
      .whileCurrent(account, () => app.get(SessionService).openWithKey(userId, CLIENT));
    expect(opened).toBeUndefined();
  });

  it('leaves no living key of the old password, whenever it comes', async () => {
    for (let round = 0; round < 3; round++) {
      const { key, email } = await client.member();
      const payload = { old_password: PASSWORD, new_password1: NEW, new_password2: NEW };
      const change = client.post('password/change/', payload, { headers: keyHeader(key) });
      const logins = Array.from({ length: 12 }, () => client.login({ email }));
      expect((await change).statusCode).toBe(200);
      const answers = await Promise.all(logins);
      const keys = answers
        .filter(({ statusCode }) => statusCode === 200)
        .map((answer) => answer.json<{ key: string }>().key);
      expect(await Promise.all(keys.map((old) => client.statusOf(old)))).toEqual(keys.map(() => 401));
      expect(await client.statusOf(key)).toBe(200);
    }
  });
});

describe('a fact that is delivered twice', () => {
  it('sends one verification mail', async () => {
    const person = somebody();
    await client.register(person);
    await app.drained();
    const account = await app.get(AccountService).findByEmail(person.email);
    const fact = { account_id: account!.id, username: person.username, email: person.email };
    await Promise.all([1, 2, 3].map(() => app.get(AccountMailListener).onRegistered(fact)));
    expect(await client.subjects(person.email)).toEqual(['Confirm your e-mail address']);
  });
});

describe('an account that is closed', () => {
  it('takes its links along', async () => {
    const person = somebody();
    await client.register(person);
    await client.post('password/reset/', { email: person.email });
    const [{ key }, { uid, token }] = [await client.verificationMail(person), await client.resetMail(person)];
    const account = await app.get(AccountService).findByEmail(person.email);
    await app.get(AccountService).close(account!.id);
    const passwords = { new_password1: NEW, new_password2: NEW };
    expect((await client.post('registration/verify-email/', { key })).statusCode).toBe(404);
    expect((await client.post('password/reset/confirm/', { uid, token, ...passwords })).json()).toEqual({
      uid: ['Invalid value'],
    });
  });
});
