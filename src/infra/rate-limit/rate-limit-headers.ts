/** What a client reads of a limit, however it is counted: how much of it is left, and in how many seconds it begins anew. */
export function rateLimitHeaders(limit: number, count: number, resetSeconds: number): Record<string, string> {
  return {
    'ratelimit-limit': String(limit),
    'ratelimit-remaining': String(Math.max(0, limit - count)),
    'ratelimit-reset': String(resetSeconds),
  };
}
