import { statement } from '../../../src/infra/database/database';
import { PluginCaller, type PluginIdentity } from '../../../src/plugin-user/plugin-caller';
import { PluginRegistry } from '../../../src/plugin-user/plugin-registry';
import { PluginUserService } from '../../../src/plugin-user/plugin-user.service';
import { PluginService } from '../../../src/plugin-user/plugin.service';
import { TEST_SECRETS } from '../../setup/test-settings';
import type { TestDatabase } from '../../setup/test-database';
import { bytes, registration, startPluginUsers, tokenOf } from './plugin-user-kit';

const KEY = TEST_SECRETS.SEFARIA_PLUGIN_SECRET;
const COUNT = statement('test.plugin-users', 'select count(*) as n from plugin_user where sefaria_id = $1');

let db: TestDatabase;
let users: PluginUserService;
let registry: PluginRegistry;

beforeAll(async () => {
  db = await startPluginUsers();
  users = db.get(PluginUserService);
  registry = db.get(PluginRegistry);
});

async function legacy(id: string): Promise<PluginIdentity> {
  return { plugin: (await registry.legacy())!, sefariaId: id };
}

async function create(id: string): Promise<{ id: number; sefaria_id: string }> {
  const { plugin } = await legacy(id);
  return users.create(plugin, bytes({ sefaria_id: tokenOf(KEY, id)['plugin-user-id'] }));
}

async function count(id: string): Promise<number> {
  return Number((await db.database.first<{ n: number }>(COUNT, [id]))?.n);
}

it('of twenty first calls at once one makes the user and nineteen hear of it', async () => {
  const calls = await Promise.allSettled(Array.from({ length: 20 }, () => create('501')));
  const made = calls.filter((call) => call.status === 'fulfilled');
  const refused = calls.filter((call) => call.status === 'rejected');
  expect(made).toHaveLength(1);
  expect(made[0]?.value).toEqual({ id: expect.any(Number), sefaria_id: '501' });
  expect(refused.map((call) => (call.reason as Error).message)).toEqual(Array(19).fill('sefaria_id already exists'));
  expect(await count('501')).toBe(1);
});

it('keeps ids of nineteen digits whole', async () => {
  const id = '9223372036854775809';
  await create(id);
  expect(await users.get(await legacy(id))).toMatchObject({ sefaria_id: id });
  await expect(users.get(await legacy('9223372036854775808'))).rejects.toThrow('Not found');
});

it('loses no field of PUTs at once', async () => {
  await create('502');
  const user = await legacy('502');
  const changes = Array.from({ length: 20 }, (_, i) => ({ [`field${i}`]: i }));
  await Promise.all(changes.map((change) => users.update(user, bytes(change))));
  const { id: _id, sefaria_id: _sefariaId, name, ...fields } = await users.get(user);
  expect(name).toBeNull();
  expect(fields).toEqual(Object.assign({}, ...changes));
});

it('keeps what JSON can hold and databases dislike', async () => {
  await create('503');
  const user = await legacy('503');
  const fields = JSON.parse(
    '{"b":1,"a":[null,true,1e300,"😀\\\\u0000"],"":{"ש":"שלום","__proto__":{"x":1}},"1":"\'\\"\\\\%$1"}',
  ) as object;
  await users.update(user, bytes({ name: 'שלום 😀', ...fields }));
  const answer = await users.get(user);
  expect(JSON.stringify(answer)).toBe(JSON.stringify({ id: answer.id, sefaria_id: '503', name: 'שלום 😀', ...fields }));
});

it('holds the limit of 16 KiB over several PUTs, and what was refused changed nothing', async () => {
  await create('504');
  const user = await legacy('504');
  await users.update(user, bytes({ a: 'x'.repeat(9000) }));
  await expect(users.update(user, bytes({ name: 'New', b: 'x'.repeat(9000) }))).rejects.toThrow('at most 16384 bytes');
  expect(await users.get(user)).toMatchObject({ name: null, a: 'x'.repeat(9000) });
  expect(await users.get(user)).not.toHaveProperty('b');
  await users.update(user, bytes({ a: null, b: 'x'.repeat(9000) }));
});

it('says that a user is unknown before what is wrong with the body', async () => {
  await expect(users.update(await legacy('999'), Buffer.from('{'))).rejects.toThrow('Not found');
  await expect(users.remove(await legacy('999'))).rejects.toThrow('Not found');
});

it('finds and removes users of an account that was closed, and only of registered plugins', async () => {
  const plugins = db.get(PluginService);
  const [one, two] = [await plugins.register(registration()), await plugins.register(registration())];
  await create('77');
  for (const { id, key } of [one, two]) {
    const plugin = (await registry.byId(id))!;
    await users.create(plugin, bytes({ sefaria_id: tokenOf(key, 77)['plugin-user-id'] }));
    await users.create(plugin, bytes({ sefaria_id: tokenOf(key, 78)['plugin-user-id'] }));
  }
  expect([await count('77'), await count('78')]).toEqual([3, 2]);
  await users.forgetAccount(77);
  await users.forgetAccount(77);
  expect([await count('77'), await count('78')]).toEqual([1, 2]);
  expect(await users.get(await legacy('77'))).toMatchObject({ sefaria_id: '77' });
});

it('recognises a user by the id in the token, not by its text', async () => {
  const caller = db.get(PluginCaller);
  const { plugin } = await legacy('1');
  const one = tokenOf(KEY, 505)['plugin-user-id']!;
  const other = `${one.slice(0, 30)}!*${one.slice(30)}`;
  for (const token of [one, other, one.replace(/=+$/, ''), tokenOf(KEY, 505)['plugin-user-id']!]) {
    expect((await caller.user(plugin, { headers: { 'plugin-user-id': token } })).sefariaId).toBe('505');
  }
});
