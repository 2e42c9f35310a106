import type { Response } from 'light-my-request';
import { AccountService } from '../../src/auth/account/account.service';
import { Fernet } from '../../src/infra/crypto/fernet';
import { newPerson } from '../factories/person';
import type { TestApp } from '../setup/test-app';

export type Headers = Record<string, string>;

/** A request with a JSON body, or none. */
export function call(app: TestApp, method: string, url: string, headers: Headers = {}, json?: unknown) {
  const payload = json === undefined ? undefined : JSON.stringify(json);
  const type = payload === undefined ? {} : { 'content-type': 'application/json' };
  return app.inject({ method, url, headers: { ...type, ...headers }, payload });
}

/** The Authorization header of somebody new. */
export async function loggedIn(
  app: TestApp,
  roles: ('admin' | 'support')[] = [],
): Promise<{ id: number; auth: Headers }> {
  const person = newPerson();
  const { account } = await app.get(AccountService).register({ ...person, emailVerified: true, roles });
  const { username, password } = person;
  const answer = await call(app, 'POST', '/authenticate/api/token/', {}, { username, password });
  const { access } = answer.json<{ access: string }>();
  return { id: account!.id, auth: { authorization: `Bearer ${access}` } };
}

export interface Registered {
  readonly id: number;
  readonly key: string;
  readonly keys: readonly { readonly id: number }[];
}

export async function registeredPlugin(app: TestApp, admin: Headers, input: object = {}): Promise<Registered> {
  const answer = await call(app, 'POST', '/admin/plugins/', admin, { name: 'Verse', ...input });
  if (answer.statusCode !== 201) throw new Error(answer.body);
  return answer.json<Registered>();
}

/** The headers of a plugin's call for one of its users. */
export function as(plugin: Pick<Registered, 'id' | 'key'>, id: string | number, at = new Date()): Headers {
  return { 'plugin-id': String(plugin.id), 'plugin-user-id': new Fernet([plugin.key]).encrypt(String(id), at) };
}

export function createUser(
  app: TestApp,
  plugin: Pick<Registered, 'id' | 'key'>,
  id: string | number,
): Promise<Response> {
  const { 'plugin-id': pluginId, 'plugin-user-id': token } = as(plugin, id);
  return call(app, 'POST', '/plugin_user/', { 'plugin-id': pluginId! }, { sefaria_id: token });
}
