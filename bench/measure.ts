import autocannon from 'autocannon';
import type { Scenario } from './scenario';
import type { ServerProcess } from './server-process';

export interface Figures {
  readonly requestsPerSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  readonly cpuMicroseconds: number;
}

export interface Effort {
  readonly seconds: number;
  readonly connections: number;
}

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

function quantile(times: number[], share: number): number {
  times.sort((a, b) => a - b);
  return times[Math.floor(times.length * share)] ?? Number.NaN;
}

/** The round with the median throughput. */
export function median(rounds: readonly Figures[]): Figures {
  const sorted = [...rounds].sort((a, b) => a.requestsPerSecond - b.requestsPerSecond);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new Error('no rounds');
  return middle;
}
