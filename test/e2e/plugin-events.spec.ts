import { AccountService } from '../../src/auth/account/account.service';
import { Fernet } from '../../src/infra/crypto/fernet';
import { Database, statement } from '../../src/infra/database/database';
import { DeliveryWorker } from '../../src/webhook-endpoint/deliver/delivery.worker';
import type { EndpointWithSecretResponse } from '../../src/webhook-endpoint/endpoint/dto/endpoint.response';
import { administrator, loggedIn, type LoggedIn } from '../factories/administrator';
import { closeAfterSpec } from '../setup/spec-database';
import { startTestApp, type TestApp } from '../setup/test-app';
import { TEST_SECRETS } from '../setup/test-settings';
import { as, call, createUser, type Headers, type Registered } from './plugin-user.kit';
import { isSignedWith, WebhookReceiver } from './webhook-receiver.kit';

const FACTS = statement(
  'test.plugin-facts',
  `select count(*) as count from outbox_delivery where topic like 'plugin-user-%'`,
);
const WAITING = statement('test.plugin-deliveries', `select id from endpoint_delivery where status = 'pending'`);

let app: TestApp;
let receiver: WebhookReceiver;
let admin: LoggedIn;
let paths = 0;

beforeAll(async () => {
  receiver = await WebhookReceiver.start();
  closeAfterSpec(() => receiver.close());
  app = await startTestApp({ OUTBOUND_ALLOW: '127.0.0.0/8' });
  admin = await administrator(app);
});

interface Developer extends LoggedIn {
  readonly path: string;
  readonly secret: string;
}

/** Somebody who listens to what becomes of plugins' users. */
async function aDeveloper(): Promise<Developer> {
  const person = await loggedIn(app);
  paths += 1;
  const path = `/plugin-hook-${paths}`;
  const events = ['plugin_user.created', 'plugin_user.deleted'];
  const made = await person.call('POST', '/webhooks/endpoints/', { url: receiver.url(path), events });
  return { ...person, path, secret: made.json<EndpointWithSecretResponse>().secret };
}

async function aPlugin(owner?: { readonly id: number }): Promise<Registered> {
  const answer = await admin.call('POST', '/admin/plugins/', { name: 'Verse', owner: owner?.id ?? null });
  expect(answer.statusCode).toBe(201);
  return answer.json<Registered>();
}

async function ownerOf({ id }: { readonly id: number }): Promise<unknown> {
  return (await admin.call('GET', `/admin/plugins/${id}/`)).json<{ owner: unknown }>().owner;
}

async function user(plugin: Registered, id: number): Promise<{ id: number; headers: Headers }> {
  const answer = await createUser(app, plugin, id);
  expect(answer.statusCode).toBe(201);
  return { id: answer.json<{ id: number }>().id, headers: as(plugin, id) };
}

const leave = (headers: Headers) => call(app, 'DELETE', '/plugin_user/', headers);

/** What a developer has heard, when all that was told has been sent. */
async function heard({ path }: Developer): Promise<unknown[]> {
  await app.drained();
  for (;;) {
    app.get(DeliveryWorker).wake();
    if ((await app.get(Database).first(WAITING)) === undefined) break;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return receiver.of(path).map(({ body: { type, data } }) => [type, data]);
}

it("a plugin's owner hears of its users, by the plugin's own numbers alone", async () => {
  const developer = await aDeveloper();
  const other = await aDeveloper();
  const plugin = await aPlugin(developer);
  await aPlugin(other);
  const someone = await loggedIn(app);
  const { id, headers } = await user(plugin, someone.id);
  expect((await createUser(app, plugin, someone.id)).statusCode).toBe(400);
  await call(app, 'PUT', '/plugin_user/', headers, { name: 'Rivka', secret: 'sea' });
  expect((await leave(headers)).statusCode).toBe(200);
  expect((await leave(headers)).statusCode).toBe(404);
  const data = { plugin_id: plugin.id, plugin_user_id: id };
  expect(await heard(developer)).toEqual(
    expect.arrayContaining([
      ['plugin_user.created', data],
      ['plugin_user.deleted', { ...data, reason: 'plugin' }],
    ]),
  );
  const calls = receiver.of(developer.path);
  expect(calls).toHaveLength(2);
  expect(calls.every((one) => isSignedWith(developer.secret, one))).toBe(true);
  expect(await heard(other)).toEqual([]);
});

it('of an account that is closed each owner hears once, and nobody of a plugin that is revoked', async () => {
  const [one, two, revoking] = [await aDeveloper(), await aDeveloper(), await aDeveloper()];
  const plugins = [await aPlugin(one), await aPlugin(two), await aPlugin()] as const;
  const revoked = await aPlugin(revoking);
  const someone = await loggedIn(app);
  const [first, second] = [await user(plugins[0], someone.id), await user(plugins[1], someone.id)];
  await user(plugins[2], someone.id);
  await user(revoked, someone.id);
  await admin.call('DELETE', `/admin/plugins/${revoked.id}/`);
  await app.get(AccountService).close(someone.id);
  const gone = { reason: 'account_closed' };
  expect((await heard(one)).slice(1)).toEqual([
    ['plugin_user.deleted', { plugin_id: plugins[0].id, plugin_user_id: first.id, ...gone }],
  ]);
  expect((await heard(two)).slice(1)).toEqual([
    ['plugin_user.deleted', { plugin_id: plugins[1].id, plugin_user_id: second.id, ...gone }],
  ]);
  expect(await heard(revoking)).toHaveLength(1);
});

it('of ten first calls at once its owner hears of one user, and of ten deletions of one', async () => {
  const developer = await aDeveloper();
  const plugin = await aPlugin(developer);
  const calls = await Promise.all(Array.from({ length: 10 }, () => createUser(app, plugin, 5)));
  expect(calls.filter(({ statusCode }) => statusCode === 201)).toHaveLength(1);
  const left = await Promise.all(Array.from({ length: 10 }, () => leave(as(plugin, 5))));
  expect(left.map(({ statusCode }) => statusCode).sort()).toEqual([200, ...Array<number>(9).fill(404)]);
  const types = (await heard(developer)).map((event) => (event as [string])[0]);
  expect(types.sort()).toEqual(['plugin_user.created', 'plugin_user.deleted']);
});

it('a plugin without an owner tells nothing', async () => {
  const plugin = await aPlugin();
  await app.drained();
  const { headers } = await user(plugin, 7);
  await leave(headers);
  expect(await app.get(Database).first(FACTS)).toEqual({ count: 0 });
});

describe('the owner', () => {
  it('is shown, changed and taken away by administrators, and what is not named stays', async () => {
    const [one, two] = [await aDeveloper(), await aDeveloper()];
    const plugin = await aPlugin(one);
    const patch = (body: object) => admin.call('PATCH', `/admin/plugins/${plugin.id}/`, body);
    const list = await admin.call('GET', '/admin/plugins/?page_size=100');
    expect(list.json<{ results: object[] }>().results).toContainEqual(
      expect.objectContaining({ id: plugin.id, owner: one.id }),
    );
    await patch({ name: 'New' });
    expect(await ownerOf(plugin)).toBe(one.id);
    expect((await patch({ owner: two.id })).json()).toMatchObject({ owner: two.id, name: 'New' });
    await user(plugin, 1);
    expect(await heard(one)).toEqual([]);
    expect(await heard(two)).toHaveLength(1);
    expect((await patch({ owner: null })).json()).toMatchObject({ owner: null });
    await user(plugin, 2);
    expect(await heard(two)).toHaveLength(1);
    const nobody = await patch({ owner: 2 ** 50 });
    expect([nobody.statusCode, nobody.json()]).toMatchObject([
      400,
      { errors: [{ pointer: '#/owner', detail: `Account ${2 ** 50} does not exist.` }] },
    ]);
  });

  it('hears of the users of the legacy plugin, too', async () => {
    const one = await aDeveloper();
    const [legacy] = (await admin.call('GET', '/admin/plugins/?page_size=1')).json<{ results: Registered[] }>().results;
    const patch = (owner: number | null) => admin.call('PATCH', `/admin/plugins/${legacy?.id}/`, { owner });
    expect((await patch(one.id)).json()).toMatchObject({ legacy: true, owner: one.id });
    const token = new Fernet([TEST_SECRETS.SEFARIA_PLUGIN_SECRET]).encrypt('12345', new Date());
    const made = await call(app, 'POST', '/plugin_user/', {}, { sefaria_id: token });
    await patch(null);
    expect(await heard(one)).toEqual([
      ['plugin_user.created', { plugin_id: legacy?.id, plugin_user_id: made.json<{ id: number }>().id }],
    ]);
  });

  it('is nobody once the account is closed, and other plugins keep theirs', async () => {
    const [one, two] = [await aDeveloper(), await aDeveloper()];
    const plugins = [await aPlugin(one), await aPlugin(one), await aPlugin(two)] as const;
    await app.get(AccountService).close(one.id);
    await app.drained();
    expect(await Promise.all(plugins.map(ownerOf))).toEqual([null, null, two.id]);
    await user(plugins[0], 1);
    expect(await heard(one)).toEqual([]);
    const refused = await admin.call('POST', '/admin/plugins/', { name: 'Verse', owner: one.id });
    expect(refused.statusCode).toBe(400);
  });

  it('is nobody, too, where the account is closed while it is named', async () => {
    for (let round = 0; round < 5; round++) {
      const one = await loggedIn(app);
      const plugin = await aPlugin();
      await Promise.all([
        admin.call('PATCH', `/admin/plugins/${plugin.id}/`, { owner: one.id }),
        app.get(AccountService).close(one.id),
      ]);
      await app.drained();
      expect(await ownerOf(plugin)).toBeNull();
    }
  });
});
