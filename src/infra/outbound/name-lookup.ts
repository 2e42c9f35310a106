import type { LookupAddress } from 'node:dns';
import { Resolver } from 'node:dns/promises';
import { addressesInHostsFile } from './hosts-file';

const TRY_MS = 2_000;
const MOST_MS = 5_000;

const LOOPBACK_NAME = /(?:^|\.)localhost\.?$/i;
const LOOPBACK: readonly LookupAddress[] = [
  { address: '127.0.0.1', family: 4 },
  { address: '::1', family: 6 },
];

/**
 * The addresses of a name that others have chosen, asked of the name servers themselves: `dns.lookup` has two threads for
 * the whole process, and somebody whose name server never answers would keep them from all others, payments among them.
 * What the hosts file says comes first. Rejects where nobody knows the name, after five seconds at the latest.
 */
export async function addressesOf(hostname: string, servers?: readonly string[]): Promise<LookupAddress[]> {
  if (LOOPBACK_NAME.test(hostname)) return [...LOOPBACK];
  const given = servers === undefined ? await addressesInHostsFile(hostname) : [];
  if (given.length > 0) return given;
  // Made anew, so that it knows the servers of now.
  const resolver = new Resolver({ timeout: TRY_MS, tries: 2 });
  if (servers !== undefined) resolver.setServers(servers);
  const timer = setTimeout(() => resolver.cancel(), MOST_MS);
  try {
    const [four, six] = await Promise.allSettled([resolver.resolve4(hostname), resolver.resolve6(hostname)]);
    const found = [...foundIn(four, 4), ...foundIn(six, 6)];
    if (found.length === 0 && four.status === 'rejected') throw four.reason;
    return found;
  } finally {
    clearTimeout(timer);
  }
}

function foundIn(answer: PromiseSettledResult<string[]>, family: 4 | 6): LookupAddress[] {
  return answer.status === 'rejected' ? [] : answer.value.map((address) => ({ address, family }));
}
