import type { InjectOptions, Response } from 'light-my-request';
import type { NewAccount } from '../../src/auth/account/account.service';
import type { TestApp } from '../setup/test-app';
import { PASSWORD, registered } from './person';

export interface LoggedIn {
  readonly id: number;
  readonly email: string;
  /** A request in this person's name. */
  call(
    method: InjectOptions['method'],
    url: string,
    payload?: object,
    headers?: Record<string, string>,
  ): Promise<Response>;
}

export async function loggedIn(app: TestApp, details: Partial<NewAccount> = {}): Promise<LoggedIn> {
  const { id, email, username } = await registered(app, { emailVerified: true, password: PASSWORD, ...details });
  const login = await app.inject({
    method: 'POST',
    url: '/authenticate/api/token/',
    payload: { username, password: PASSWORD },
  });
  const authorization = `Bearer ${login.json<{ access: string }>().access}`;
  return {
    id,
    email,
    call: (method, url, payload, headers) =>
      app.inject({ method, url, payload, headers: { ...headers, authorization } }),
  };
}

export function administrator(app: TestApp): Promise<LoggedIn> {
  return loggedIn(app, { roles: ['admin'] });
}
