export interface RequestOrigin {
  readonly origin: string | undefined;
  readonly secFetchSite: string | undefined;
  /** The host the client asked for, with its port. */
  readonly host: string;
}

export interface OriginRules {
  readonly allowed: ReadonlySet<string>;
  /** Under https a page of the same host that came by http may be anybody's. */
  readonly isSecure: boolean;
}

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

export function isUnsafe(method: string): boolean {
  return !SAFE_METHODS.has(method);
}

/**
 * True where a browser says that a page of somebody else's sent the request (C12). Browsers always say so for unsafe
 * requests; what says nothing is no browser, and holds its cookies by its own doing.
 */
export function isForeign({ origin, secFetchSite, host }: RequestOrigin, { allowed, isSecure }: OriginRules): boolean {
  if (origin !== undefined) return !allowed.has(origin) && !isOwn(origin, host, isSecure);
  return secFetchSite !== undefined && secFetchSite !== 'same-origin' && secFetchSite !== 'none';
}

function isOwn(origin: string, host: string, isSecure: boolean): boolean {
  return origin === `https://${host}` || (!isSecure && origin === `http://${host}`);
}
