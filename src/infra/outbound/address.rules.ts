import * as ipaddr from 'ipaddr.js';

/** A network in CIDR notation that may be reached besides the public internet. */
export type Network = ReturnType<typeof ipaddr.parseCIDR>;

/** All that is given out: the rest is for later, or hides IPv4 (`::7f00:1` is 127.0.0.1 as it was written once). */
const GLOBAL_UNICAST = ipaddr.parseCIDR('2000::/3');

/** Throws where it is none. */
export function networkOf(cidr: string): Network {
  return ipaddr.parseCIDR(cidr);
}

/**
 * Whether a server of ours may call this address: a public one, or one of `allowed`. Loopback, private, link-local and
 * metadata addresses, and those that hide one of them (mapped, translated, tunnelled), are not public.
 */
export function isReachable(address: string, allowed: readonly Network[]): boolean {
  return isPublic(address) || isAllowed(address, allowed);
}

/** Whether it is reached only because `allowed` says so: then plain HTTP will do. */
export function isAllowed(address: string, allowed: readonly Network[]): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  return allowed.some(([network, bits]) => parsed.kind() === network.kind() && parsed.match(network, bits));
}

function isPublic(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  return parsed.range() === 'unicast' && (parsed.kind() === 'ipv4' || parsed.match(GLOBAL_UNICAST));
}
