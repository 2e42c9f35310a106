import cluster from 'node:cluster';
import type { Settings } from '../config/settings';
import { Supervisor } from './supervisor';

/**
 * Runs `serve` in this process, or in `webConcurrency` workers that a supervisor in this process keeps alive.
 * `prepare` runs once before the first worker, in the process that outlives them, and answers what ends it.
 */
export async function start(
  settings: Settings,
  serve: () => Promise<void>,
  prepare: () => Promise<() => Promise<void>>,
): Promise<void> {
  if (settings.webConcurrency === 1 || cluster.isWorker) return serve();
  const release = await prepare();
  const supervisor = new Supervisor(settings.webConcurrency);
  let ending = false;
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (ending) return;
    ending = true;
    await supervisor.stop(signal);
    await release();
    process.exit(0);
  };
  process.on('SIGTERM', (signal) => void end(signal));
  process.on('SIGINT', (signal) => void end(signal));
  supervisor.start();
}
