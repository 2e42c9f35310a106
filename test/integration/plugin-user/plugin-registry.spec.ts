import { statement } from '../../../src/infra/database/database';
import { Fernet } from '../../../src/infra/crypto/fernet';
import type { RegisteredPluginResponse } from '../../../src/plugin-user/dto/plugin.response';
import { PluginCaller } from '../../../src/plugin-user/plugin-caller';
import { PluginCorsPolicy } from '../../../src/plugin-user/plugin-cors.policy';
import { PluginKeyService } from '../../../src/plugin-user/plugin-key.service';
import { PluginTokenService } from '../../../src/plugin-user/plugin-token.service';
import { PluginService } from '../../../src/plugin-user/plugin.service';
import { MovableClock } from '../../fakes/movable-clock';
import { specDatabase } from '../../setup/spec-database';
import { TEST_SECRETS } from '../../setup/test-settings';
import type { TestDatabase } from '../../setup/test-database';
import { registration, startPluginUsers, tokenOf } from './plugin-user-kit';

const SECRETS = statement('test.plugin-secrets', 'select secret from plugin_key where plugin_id = $1');
const RESERVED = statement('test.reserved-plugins', 'select id from plugin where slug is not null');
const clock = new MovableClock();

let one: TestDatabase;
let other: TestDatabase;

beforeAll(async () => {
  await specDatabase();
  [one, other] = await Promise.all([startPluginUsers({}, clock), startPluginUsers({}, clock)]);
});

const register = (input: Record<string, unknown> = {}): Promise<RegisteredPluginResponse> =>
  one.get(PluginService).register(registration(input));

/** The id that an instance reads in a token of this plugin. */
async function read(instance: TestDatabase, pluginId: number, headers: Record<string, string>): Promise<string> {
  const caller = instance.get(PluginCaller);
  const request = { headers: { ...headers, 'plugin-id': String(pluginId) } };
  return (await caller.user(await caller.plugin(request), request)).sefariaId;
}

const now = (): Date => clock.now();

it('instances that start together agree on one legacy plugin', async () => {
  expect(await one.database.rows(RESERVED)).toHaveLength(1);
  const headers = tokenOf(TEST_SECRETS.SEFARIA_PLUGIN_SECRET, 5, now());
  for (const instance of [one, other]) {
    const caller = instance.get(PluginCaller);
    const plugin = await caller.plugin({ headers });
    expect(plugin.legacy).toBe(true);
    expect((await caller.user(plugin, { headers })).sefariaId).toBe('5');
  }
});

it('keeps keys encrypted at rest', async () => {
  const { id, key } = await register();
  const [row] = await one.database.rows<{ secret: string }>(SECRETS, [id]);
  expect(row?.secret).toMatch(/^v1\./);
  expect(row?.secret).not.toContain(key.slice(0, 10));
  expect(await read(other, id, tokenOf(key, 9, now()))).toBe('9');
});

it('revocation bites here at once and elsewhere within five seconds', async () => {
  const { id, key } = await register();
  const headers = tokenOf(key, 9, now());
  expect(await read(one, id, headers)).toBe('9');
  expect(await read(other, id, headers)).toBe('9');
  await one.get(PluginService).revoke(id);
  await expect(read(one, id, headers)).rejects.toThrow('Plugin not found');
  clock.advance(5000);
  await expect(read(other, id, headers)).rejects.toThrow('Plugin not found');
  await one.get(PluginService).revoke(id);
  await expect(one.get(PluginService).change(id, { name: 'x' })).rejects.toThrow('revoked for good');
  await expect(one.get(PluginKeyService).rotate(id)).rejects.toThrow('revoked for good');
  await expect(one.get(PluginTokenService).issue(String(id), 1)).rejects.toThrow('no such plugin');
});

it('rotates without refusing a token in between', async () => {
  const { id, key: old, keys } = await register();
  const service = one.get(PluginKeyService);
  const fresh = await service.rotate(id);
  expect(await read(one, id, tokenOf(old, 9, now()))).toBe('9');
  expect(await read(one, id, tokenOf(fresh.key, 9, now()))).toBe('9');
  const issued = await one.get(PluginTokenService).issue(String(id), 42);
  expect(new Fernet([fresh.key]).decrypt(issued.encrypted_user_id, now()).ok).toBe(true);
  await service.retire(id, keys[0]!.id);
  await expect(read(one, id, tokenOf(old, 9, now()))).rejects.toThrow('Invalid sefaria_id');
  await expect(service.retire(id, keys[0]!.id)).rejects.toThrow('no such key');
  await expect(service.retire(id, fresh.id)).rejects.toThrow('at least one key');
  clock.advance(5000);
  await expect(read(other, id, tokenOf(old, 9, now()))).rejects.toThrow('Invalid sefaria_id');
});

it('never retires the last key, even when all are retired at once', async () => {
  const { id, keys } = await register();
  const service = one.get(PluginKeyService);
  const second = await service.rotate(id);
  const calls = await Promise.allSettled([
    service.retire(id, keys[0]!.id),
    other.get(PluginKeyService).retire(id, second.id),
  ]);
  expect(calls.map((call) => call.status).sort()).toEqual(['fulfilled', 'rejected']);
  expect((await one.get(PluginService).get(id)).keys).toHaveLength(1);
});

it('has at most ten keys', async () => {
  const { id } = await register();
  const service = one.get(PluginKeyService);
  const calls = await Promise.allSettled(Array.from({ length: 12 }, () => service.rotate(id)));
  expect(calls.filter((call) => call.status === 'fulfilled')).toHaveLength(9);
});

it('leaves the legacy plugin its keys and its life', async () => {
  const { id } = (await one.database.first<{ id: number }>(RESERVED))!;
  const { keys, legacy } = await one.get(PluginService).get(id);
  expect(legacy).toBe(true);
  await expect(one.get(PluginKeyService).rotate(id)).rejects.toThrow('SEFARIA_PLUGIN_SECRET');
  await expect(one.get(PluginKeyService).retire(id, keys[0]!.id)).rejects.toThrow('SEFARIA_PLUGIN_SECRET');
  await expect(one.get(PluginService).revoke(id)).rejects.toThrow('SEFARIA_PLUGIN_SECRET');
  await expect(one.get(PluginTokenService).issue(String(id), 5)).rejects.toThrow('no such plugin');
});

it('shows when each key was last used, of the legacy plugin too', async () => {
  const { id, key, keys } = await register();
  const fresh = await one.get(PluginKeyService).rotate(id);
  expect(keys[0]?.last_used_at).toBeNull();
  await read(one, id, tokenOf(key, 9, now()));
  const first = (await one.get(PluginService).get(id)).keys;
  expect(first.map((row) => row.id)).toEqual([fresh.id, keys[0]!.id]);
  expect(first[0]?.last_used_at).toBeNull();
  expect(first[1]?.last_used_at).toEqual(expect.any(String));

  clock.advance(60_000);
  await read(one, id, tokenOf(key, 9, now()));
  await read(other, id, tokenOf(key, 9, now()));
  expect((await one.get(PluginService).get(id)).keys).toEqual(first);
  clock.advance(600_000);
  await read(one, id, tokenOf(key, 9, now()));
  expect(Date.parse((await one.get(PluginService).get(id)).keys[1]!.last_used_at!)).toBeGreaterThan(
    Date.parse(first[1]!.last_used_at!) + 600_000,
  );

  const { id: legacyId } = (await one.database.first<{ id: number }>(RESERVED))!;
  expect(await read(one, legacyId, tokenOf(TEST_SECRETS.SEFARIA_PLUGIN_SECRET, 5, now()))).toBe('5');
  const [legacyKey, ...none] = (await one.get(PluginService).get(legacyId)).keys;
  expect(none).toEqual([]);
  expect(legacyKey?.last_used_at).toEqual(expect.any(String));
});

it('a change of TTL, schema and origins is seen here at once and elsewhere within five seconds', async () => {
  const { id, key } = await register();
  const service = one.get(PluginService);
  const headers = { ...tokenOf(key, 9, now()), origin: 'https://a.example' };
  const preflight = { origin: 'https://a.example', preflight: true, headers: {} };
  const allowed = async (instance: TestDatabase) => (await instance.get(PluginCorsPolicy).judge(preflight)).allowed;
  expect([await allowed(one), await allowed(other)]).toEqual([false, false]);
  await expect(read(one, id, headers)).rejects.toThrow('origin');
  await service.change(id, { allowed_origins: ['https://a.example'], token_ttl: 60 });
  expect(await allowed(one)).toBe(true);
  expect(await read(one, id, headers)).toBe('9');
  clock.advance(5000);
  expect(await allowed(other)).toBe(true);
  expect(await read(other, id, headers)).toBe('9');
  clock.advance(56_000);
  await expect(read(one, id, headers)).rejects.toThrow('Invalid sefaria_id');
  await service.change(id, { token_ttl: null });
  expect(await read(one, id, headers)).toBe('9');
});

it("in production without SEFARIA_PLUGIN_SECRET no token is the legacy plugin's", async () => {
  const production = await startPluginUsers({
    NODE_ENV: 'production',
    PUBLIC_URL: 'https://guildhall.example',
    SEFARIA_PLUGIN_SECRET: '',
    RATE_LIMITS: 'on',
  });
  const caller = production.get(PluginCaller);
  const headers = tokenOf(TEST_SECRETS.SEFARIA_PLUGIN_SECRET, 5);
  const plugin = await caller.plugin({ headers });
  await expect(caller.user(plugin, { headers })).rejects.toThrow('Invalid sefaria_id');
  await expect(caller.user(plugin, { headers: {} })).rejects.toThrow('sefaria_id header is required');
});
