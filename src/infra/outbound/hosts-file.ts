import type { LookupAddress } from 'node:dns';
import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';

/** Elsewhere there is none, and the name servers are asked. */
const HOSTS = '/etc/hosts';

/** The addresses that whoever runs this machine or container has given a name, as Compose does by `extra_hosts`. */
export async function addressesInHostsFile(hostname: string, file = HOSTS): Promise<LookupAddress[]> {
  const name = hostname.toLowerCase().replace(/\.$/, '');
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.split('\n').flatMap((line) => {
    const [address = '', ...names] = line.replace(/#.*/, '').trim().split(/\s+/);
    const family = isIP(address);
    return family !== 0 && names.some((one) => one.toLowerCase() === name) ? [{ address, family }] : [];
  });
}
