import { PASSWORD, registered } from '../factories/person';
import { startTestApp, type TestApp } from '../setup/test-app';
import { HttpClient } from './client';

/** memboro's README: `/subscriptions/api/bankdetails`, a viewset behind `Authorization: Token` (COMPAT 3.2, 3.3). */
let app: TestApp;
let client: HttpClient;
let headers: Record<string, string>;

const DETAILS = {
  ifscCode: 'HDFC0001234',
  accountNumber: '50100012345678',
  BankName: 'HDFC Bank',
  accountHolderName: 'Asha Rao',
};
const MASKED = { ...DETAILS, accountNumber: 'XXXXXXXX5678' };

beforeAll(async () => {
  app = await startTestApp();
  client = new HttpClient(await app.url());
  const asha = { username: 'asha', email: 'asha@example.org', password: PASSWORD };
  await registered(app, { ...asha, emailVerified: true });
  const login = await client.post('/authenticate/rest-auth/login/', { email: asha.email, password: PASSWORD });
  headers = { authorization: `Token ${(login.body as { key: string }).key}` };
});

const call = async (method: string, path: string, json?: unknown): Promise<[number, unknown]> => {
  const { status, body } = await client.call(method, `/subscriptions/api/bankdetails${path}`, { json, headers });
  return [status, body];
};

it('is for creators', async () => {
  const refused = { detail: 'You do not have permission to perform this action.' };
  expect(await call('POST', '', DETAILS)).toEqual([403, refused]);
});

it.each(['', '/'])('makes, lists, shows, changes and deletes, as a viewset does: bankdetails%s', async (slash) => {
  const creator = { json: { is_creator: true }, headers };
  await client.call('PATCH', '/authenticate/rest-auth/user/', creator);
  const [status, made] = await call('POST', slash, DETAILS);
  const { id } = made as { id: number };
  const times = { created_at: expect.any(String) as string, updated_at: expect.any(String) as string };
  expect([status, made]).toEqual([201, { id, ...MASKED, ...times }]);
  expect(await call('GET', slash)).toEqual([200, { count: 1, next: null, previous: null, results: [made] }]);
  expect(await call('GET', `/${id}${slash}`)).toEqual([200, made]);
  expect(await call('PATCH', `/${id}${slash}`, { ...MASKED, BankName: 'State Bank' })).toEqual([
    200,
    { id, ...MASKED, BankName: 'State Bank', ...times },
  ]);
  expect(await call('PUT', `/${id}${slash}`, DETAILS)).toEqual([405, { detail: 'Method "PUT" not allowed.' }]);
  expect(await call('DELETE', `/${id}${slash}`)).toEqual([204, undefined]);
  expect(await call('GET', `/${id}${slash}`)).toEqual([404, { detail: 'Not found.' }]);
});
