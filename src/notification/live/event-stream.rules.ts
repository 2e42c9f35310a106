/** The words of text/event-stream. */

export const RETRY_MS = 3_000;
export const HEARTBEAT = ':\n\n';

/** JSON holds no line breaks, so the data is one line. */
export function frame(event: string, data: object, id?: number): string {
  return `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}

export function opening(): string {
  return `retry: ${RETRY_MS}\n\n`;
}

/** What a client that comes back had last; undefined where it had nothing, or nothing of ours. */
export function lastEventId(header: string | string[] | undefined): number | undefined {
  if (typeof header !== 'string' || !/^\d{1,15}$/.test(header.trim())) return undefined;
  return Number(header);
}
