/** What global-setup hands down to the spec files, through the environment that workers inherit. */
export interface TestRun {
  /** An URL whose account may create databases. */
  readonly adminUrl: string;
  /** Begins the name of every database of this run, unlike that of any other run on the same server. */
  readonly prefix: string;
  /** MySQL: the statements that rebuild the template in an empty database. */
  readonly rebuild: readonly string[];
}

const VARIABLE = 'GUILDHALL_TEST_RUN';

export function publishRun(run: TestRun): void {
  process.env[VARIABLE] = JSON.stringify(run);
}

export function currentRun(): TestRun {
  const text = process.env[VARIABLE];
  if (text === undefined) throw new Error('No test run: start specs with jest -c .config/jest.config.js');
  return JSON.parse(text) as TestRun;
}

export function templateName({ prefix }: Pick<TestRun, 'prefix'>): string {
  return `${prefix}_template`;
}

export function databaseUrl({ adminUrl }: Pick<TestRun, 'adminUrl'>, name: string): string {
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return url.toString();
}
