import { randomBytes } from 'node:crypto';

/** What an endpoint's calls are signed with; former secrets sign too until their time is up. Newest first. */
export interface EndpointSecrets {
  readonly current: string;
  readonly former: readonly { readonly secret: string; /** ISO 8601 */ readonly until: string }[];
}

const SECRET_BYTES = 32;
const OVERLAP_MS = 24 * 3_600_000;
/** Whoever rotates more often than that in a day loses the oldest: headers don't grow without end. */
const MOST_FORMER = 4;

/** As the specification writes them: `whsec_` and base64. */
export function newSecret(): string {
  return `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;
}

export function freshSecrets(): EndpointSecrets {
  return { current: newSecret(), former: [] };
}

/** With a new secret in front; the one before it signs for 24 hours more. */
export function rotated(secrets: EndpointSecrets, next: string, now: Date): EndpointSecrets {
  const until = new Date(now.getTime() + OVERLAP_MS).toISOString();
  const former = [{ secret: secrets.current, until }, ...living(secrets, now)];
  return { current: next, former: former.slice(0, MOST_FORMER) };
}

/** All that sign now. */
export function signing(secrets: EndpointSecrets, now: Date): readonly string[] {
  return [secrets.current, ...living(secrets, now).map(({ secret }) => secret)];
}

function living({ former }: EndpointSecrets, now: Date): EndpointSecrets['former'] {
  return former.filter(({ until }) => new Date(until) > now);
}
