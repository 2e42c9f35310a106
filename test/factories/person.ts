import type { Account } from '../../src/auth/account/account.entity';
import { AccountService, type NewAccount } from '../../src/auth/account/account.service';
import type { TestApp } from '../setup/test-app';

export const PASSWORD = 'correct-Horse-7-battery';

let people = 0;

/** Somebody nobody else of this spec file is. */
export function newPerson(): { username: string; email: string; password: string } {
  people += 1;
  return { username: `person${people}`, email: `person${people}@example.org`, password: PASSWORD };
}

export async function registered(app: TestApp, details: Partial<NewAccount> = {}): Promise<Account> {
  const { account } = await app.get(AccountService).register({ ...newPerson(), ...details });
  if (!account) throw new Error('Somebody has this username or e-mail address already');
  return account;
}
