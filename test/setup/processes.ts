import { setTimeout as sleep } from 'node:timers/promises';
import { ensureBuilt } from './built-app';
import { freePort, launch, type TestProcess } from './script-process';
import { testEnvironment } from './test-settings';

const PATIENCE_MS = 25_000;
const LONGEST_BUILD_MS = 180_000;

// Whoever imports this file needs the build; a test's own time would be too short for it.
beforeAll(ensureBuilt, LONGEST_BUILD_MS);

export interface AppProcess extends TestProcess {
  /** Without a slash at the end. */
  readonly url: string;
}

/**
 * The built app in a process of its own, on this spec's database and a free port; resolves when it is ready.
 * `DATABASE_URL: ''` gives it the embedded server in its DATA_DIR.
 */
export async function startAppProcess(overrides: Record<string, string> = {}): Promise<AppProcess> {
  const port = String(await freePort());
  const environment = await testEnvironment({ PORT: port, PUBLIC_URL: `http://localhost:${port}`, ...overrides });
  const app = launch([await ensureBuilt()], environment);
  const url = `http://127.0.0.1:${environment.PORT}`;
  await ready(app, url);
  return Object.assign(app, { url });
}

async function ready(app: TestProcess, url: string): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const answer = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined);
    if (answer?.ok) return;
    if (!app.isRunning || performance.now() > deadline) throw new Error(`The app did not become ready: ${app.output}`);
    await sleep(50);
  }
}
