import { BootAdminService } from '../../../src/auth/account/boot-admin.service';
import { AccountService } from '../../../src/auth/account/account.service';
import { SessionService } from '../../../src/auth/session/session.service';
import { SignInService } from '../../../src/auth/sign-in/sign-in.service';
import { UnitOfWork } from '../../../src/infra/database/unit-of-work';
import { OutboxService } from '../../../src/infra/outbox/outbox.service';
import { newPerson, PASSWORD, registered } from '../../factories/person';
import { anotherDatabase } from '../../setup/spec-database';
import { startTestApp, type TestApp } from '../../setup/test-app';

const ADMIN = { ADMIN_USERNAME: 'root', ADMIN_EMAIL: 'root@example.org', ADMIN_PASSWORD: 'the-Operators-Own-1' };

let app: TestApp;
let accounts: AccountService;

beforeAll(async () => {
  app = await startTestApp();
  accounts = app.get(AccountService);
});

/** The facts told while `work` runs; mails on their way are another matter. */
async function told(of: TestApp, work: () => Promise<unknown>): Promise<object[]> {
  const publish = jest.spyOn(of.get(OutboxService), 'publish');
  await work();
  const facts = publish.mock.calls.map(([{ topic, payload }]) => ({ topic, ...payload }));
  publish.mockRestore();
  return facts.filter(({ topic }) => topic !== 'mail-queued');
}

describe('registering', () => {
  it('of ten at once gives one account, and names to the others what is taken', async () => {
    const person = newPerson();
    const same = Array.from({ length: 10 }, (_, n) => ({
      ...person,
      username: n % 2 ? person.username.toUpperCase() : person.username,
      email: n % 3 ? person.email.replace('person', 'PERSON') : person.email,
    }));
    const results = await Promise.all(same.map((one) => accounts.register(one)));
    expect(results.filter(({ account }) => account)).toHaveLength(1);
    expect(results.filter(({ taken }) => taken?.join() === 'username,email')).toHaveLength(9);
  });

  it('names the one thing that is taken', async () => {
    const [first, next] = [newPerson(), newPerson()];
    await accounts.register(first);
    expect(await accounts.register({ ...next, username: first.username })).toEqual({ taken: ['username'] });
    expect(await accounts.register({ ...next, email: first.email })).toEqual({ taken: ['email'] });
  });

  it('is told, the proof of the mailbox only where there is one', async () => {
    const person = newPerson();
    let id = 0;
    const facts = await told(app, async () => (id = (await registered(app, person)).id));
    expect(facts).toEqual([
      { topic: 'account-registered', account_id: id, username: person.username, email: person.email },
    ]);
    expect(typeof id).toBe('number');
    expect((await accounts.findByEmail(person.email.toUpperCase()))?.emailVerified).toBe(false);
  });

  it('counts as the proof where verification is switched off', async () => {
    const open = await startTestApp({ EMAIL_VERIFICATION: 'none' });
    const person = newPerson();
    const facts = await told(open, () => registered(open, person));
    expect(facts).toContainEqual(expect.objectContaining({ topic: 'email-verified', email: person.email }));
    await open.close();
  });

  it('keeps the day of birth as it was given', async () => {
    const { id } = await registered(app, { birthDate: '1994-05-17' });
    expect((await accounts.findById(id))?.birthDate).toBe('1994-05-17');
  });

  it('never runs in a transaction, because it hashes', async () => {
    const nested = app.get(UnitOfWork).run(() => accounts.register(newPerson()));
    await expect(nested).rejects.toThrow('must not be called inside a unit of work');
  });
});

describe('proving a mailbox', () => {
  it('is told once, however many prove it at the same time', async () => {
    const { id, email } = await registered(app);
    const facts = await told(app, () => Promise.all(Array.from({ length: 5 }, () => accounts.markEmailVerified(id))));
    expect(facts).toEqual([{ topic: 'email-verified', account_id: id, email }]);
    expect((await accounts.findByEmail(email))?.emailVerified).toBe(true);
  });
});

describe('changing a profile', () => {
  it('keeps usernames unique, whatever their case', async () => {
    const [one, other] = [await registered(app), await registered(app)];
    expect(await accounts.updateProfile(one.id, { username: other.username.toUpperCase() })).toEqual(['username']);
    expect(await accounts.updateProfile(one.id, { username: one.username.toUpperCase(), isCreator: true })).toEqual([]);
    expect(await accounts.findByIdentifier(one.username)).toMatchObject({ id: one.id, isCreator: true });
  });
});

describe('closing an account', () => {
  it('takes it away, tells it once, and frees what was taken', async () => {
    const person = newPerson();
    const { id } = await registered(app, person);
    const facts = await told(app, () => Promise.all([accounts.close(id), accounts.close(id)]));
    expect(facts).toEqual([{ topic: 'account-closed', account_id: id, email: person.email }]);
    expect(await accounts.findById(id)).toBeUndefined();
    expect(await accounts.isActive(id)).toBe(false);
    expect((await registered(app, person)).id).not.toBe(id);
  });
});

describe('the first administrator', () => {
  it('is made once, by whichever worker is first', async () => {
    const database = await anotherDatabase();
    const workers = [await startTestApp({ DATABASE_URL: database }), await startTestApp({ DATABASE_URL: database })];
    const made = await Promise.all(workers.map((worker) => worker.get(BootAdminService).ensure()));
    const [credentials, ...others] = made.filter((one) => one !== undefined);
    expect(others).toEqual([]);
    const signIn = { identifier: credentials!.username, password: credentials!.password, address: '127.0.0.1' };
    const { account } = await workers[1]!.get(SignInService).signIn(signIn);
    expect(account).toMatchObject({ roles: ['admin'], isActive: true });
    expect(account?.emailVerifiedAt).not.toBeNull();
    expect(await workers[0]!.get(BootAdminService).ensure()).toBeUndefined();
    for (const worker of workers) await worker.close();
  });

  it('of the settings is ensured at every start, and again what it may have lost', async () => {
    const database = await anotherDatabase();
    const first = await startTestApp({ DATABASE_URL: database, ...ADMIN });
    await Promise.all([first.get(BootAdminService).ensure(), first.get(BootAdminService).ensure()]);
    const { id } = (await first.get(AccountService).findByIdentifier('root'))!;
    await first.get(AccountService).setRoles(id, []);
    await first.get(AccountService).disable(id);
    await first.close();
    const changed = { ...ADMIN, DATABASE_URL: database, ADMIN_PASSWORD: 'the-Operators-Own-2' };
    const second = await startTestApp(changed);
    expect(await second.get(BootAdminService).ensure()).toBeUndefined();
    const signIn = { identifier: ADMIN.ADMIN_EMAIL, password: changed.ADMIN_PASSWORD, address: '127.0.0.1' };
    expect(await second.get(SignInService).signIn(signIn)).toMatchObject({ account: { id, roles: ['admin'] } });
    const { sessionId } = await second.get(SessionService).open(id, { ip: '', userAgent: '' });
    await second.get(BootAdminService).ensure();
    expect((await second.get(SessionService).list(id, { page: 1, size: 9 })).rows[0]?.id).toBe(sessionId);
    await second.close();
  });

  it('is not made of an account that is not wholly its own', async () => {
    const database = await anotherDatabase();
    const stranger = await startTestApp({ DATABASE_URL: database });
    await registered(stranger, { username: ADMIN.ADMIN_USERNAME, password: PASSWORD });
    await stranger.close();
    const other = await startTestApp({ DATABASE_URL: database, ...ADMIN });
    await expect(other.get(BootAdminService).ensure()).rejects.toThrow('ADMIN_USERNAME');
    await other.close();
  });
});
