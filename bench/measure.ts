import autocannon from 'autocannon';
import { type Effort, type Figures, quantile } from './figures';
import type { Scenario } from './scenario';
import type { ServerProcess } from './server-process';

/** One round of a scenario against one server. Throws where an answer is not the expected one: a wrong answer is no figure. */
export async function measure(scenario: Scenario, server: ServerProcess, effort: Effort): Promise<Figures> {
  const plan = await scenario.plan(server.url, effort.connections);
  const cpuBefore = server.cpuSeconds();
  const times: number[] = [];
  const load = autocannon({
    url: server.url,
    connections: effort.connections,
    duration: effort.seconds,
    requests: [plan],
  });
  load.on('response', (_client, _status, _bytes, milliseconds) => times.push(milliseconds));
  const result = await load;
  const cpu = server.cpuSeconds() - cpuBefore;
  const expected = result.statusCodeStats[String(scenario.status)]?.count ?? 0;
  const total = result.requests.total;
  if (result.errors > 0 || expected < total || total === 0) {
    throw new Error(`${scenario.name}: ${JSON.stringify(result.statusCodeStats)}, ${result.errors} errors of ${total}`);
  }
  return {
    requestsPerSecond: total / result.duration,
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
    cpuMicroseconds: (cpu / total) * 1e6,
  };
}
