import { startTestServer } from './test-server';

export default async function globalSetup(): Promise<void> {
  const t = performance.now();
  const s = await startTestServer();
  console.log(s.adminUrl, performance.now() - t);
  (globalThis as { __s?: unknown }).__s = s;
}
