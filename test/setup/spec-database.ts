import { randomBytes } from 'node:crypto';
import { testDatabases } from './test-databases';
import { currentRun, databaseUrl } from './test-run';

type Close = () => Promise<void>;

const names: string[] = [];
const closers: Close[] = [];
let migrated: Promise<string> | undefined;

/** The URL of this spec file's own migrated database. Everything in the file that asks shares it. */
export function specDatabase(): Promise<string> {
  migrated ??= anotherDatabase();
  return migrated;
}

/** One more database beside it: migrated, or empty. */
export async function anotherDatabase(state: 'migrated' | 'empty' = 'migrated'): Promise<string> {
  const run = currentRun();
  const name = `${run.prefix}_${randomBytes(5).toString('hex')}`;
  names.push(name);
  if (state === 'migrated') await testDatabases(run).createCopy(name);
  else await testDatabases(run).createEmpty(name);
  return databaseUrl(run, name);
}

/** Runs before the databases are dropped, so that a spec need not close what it has opened. */
export function closeAfterSpec(close: Close): void {
  closers.push(close);
}

afterAll(async () => {
  for (const close of closers.reverse()) await close();
  const databases = testDatabases(currentRun());
  for (const name of names) await databases.drop(name);
});
