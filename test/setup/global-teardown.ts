export default async function globalTeardown(): Promise<void> {
  const t = performance.now();
  await (globalThis as unknown as { __s: { stop: () => Promise<void> } }).__s.stop();
  console.log('stop', performance.now() - t);
}
