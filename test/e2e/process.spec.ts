import { type AppProcess, startAppProcess } from '../setup/processes';
import { specDatabase } from '../setup/spec-database';

const ready = async (url: string): Promise<number> => (await fetch(`${url}/health/ready`)).status;

/** The processes that said they listen, in the order of their birth. */
function workersOf(app: AppProcess): number[] {
  return [...app.output.matchAll(/^\{.*"pid":(\d+).*"msg":"listening on/gm)].map(([, pid]) => Number(pid));
}

async function until(met: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 30_000;
  while (!(await met())) {
    if (performance.now() > deadline) throw new Error('it did not come to be');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

jest.setTimeout(120_000);

it('serves with several workers, replaces one that dies, and ends with all of them', async () => {
  const app = await startAppProcess({ WEB_CONCURRENCY: '2', LOG_LEVEL: 'info', DATABASE_URL: await specDatabase() });
  await until(() => workersOf(app).length === 2);
  process.kill(workersOf(app)[0] ?? 0, 'SIGKILL');
  await until(() => workersOf(app).length === 3);
  expect(await ready(app.url)).toBe(200);
  expect(await app.signal('SIGTERM')).toBe(0);
  for (const worker of workersOf(app)) expect(() => process.kill(worker, 0)).toThrow('ESRCH');
});

it('tells the generated administrator once, who can then log in', async () => {
  const app = await startAppProcess({ DATABASE_URL: '' });
  await app.says('Administrator, shown this once');
  const [, username, password] = /shown this once: (\S+) \/ (\S+)/.exec(app.output) ?? [];
  const answer = await fetch(`${app.url}/api/token/`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password }),
  });
  expect(answer.status).toBe(200);
  expect(await app.signal('SIGTERM')).toBe(0);
});

it('names every fault of its settings at once and ends', async () => {
  const starting = startAppProcess({
    NODE_ENV: 'production',
    JWT_SECRET: 'changeme',
    LERNITO_WEBHOOK_SECRET: 'secret',
    PUBLIC_URL: '',
    DATABASE_URL: '',
  });
  const refusal: unknown = await starting.catch((error: unknown) => error);
  for (const name of ['JWT_SECRET', 'LERNITO_WEBHOOK_SECRET', 'PUBLIC_URL', 'DATABASE_URL', 'RATE_LIMITS']) {
    expect(String(refusal)).toContain(name);
  }
});
