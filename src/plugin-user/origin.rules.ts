export const MAX_ORIGINS = 50;

/** An origin as browsers send it, or undefined where the text is none: `https://example.org`, no path, no wildcard. */
export function normalOrigin(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return undefined;
  const bare =
    url.username === '' && url.password === '' && url.pathname === '/' && url.search === '' && url.hash === '';
  // What is left after the host is at most one slash: `https://example.org/?` parses as bare, too.
  return bare && !/[?#*@\\\s]/.test(text) ? url.origin : undefined;
}

/**
 * What a plugin says to a page that calls us. `allowed`: the page may read the answer. `foreign`: it may not even act.
 * `unheard`: it acts, as any program could, but a browser keeps the answer from it.
 */
export type OriginVerdict = 'allowed' | 'unheard' | 'foreign';

/**
 * A registered plugin is called by the pages of its own origins, by our own, and by programs, which send no Origin. The
 * old server never looked at Origin, so the legacy plugin refuses none.
 */
export function judgeOrigin(
  origin: string | undefined,
  plugin: { readonly legacy: boolean; readonly allowedOrigins: ReadonlySet<string> },
  ownOrigins: readonly string[],
): OriginVerdict {
  if (origin === undefined || ownOrigins.includes(origin)) return 'unheard';
  if (plugin.allowedOrigins.has(origin)) return 'allowed';
  return plugin.legacy ? 'unheard' : 'foreign';
}
