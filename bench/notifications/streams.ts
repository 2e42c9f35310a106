import { get, type ClientRequest, type IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ServerProcess } from '../server-process';

const SETTLE_MS = 5_000;
const PATH = '/feed/api/notifications/stream';

export interface StreamMemory {
  readonly streams: number;
  readonly before: number;
  readonly open: number;
}

/** Megabytes that a process holds: before, and with so many streams of each of these sessions. */
export async function measureStreams(
  app: ServerProcess,
  tokens: readonly string[],
  ofEach: number,
): Promise<StreamMemory> {
  await sleep(SETTLE_MS);
  const before = app.residentMegabytes();
  const requests: ClientRequest[] = [];
  for (const token of tokens) {
    const opened = Array.from({ length: ofEach }, () => open(app.url, token));
    for (const { request, answered } of opened) {
      requests.push(request);
      const { statusCode } = await answered;
      if (statusCode !== 200) throw new Error(`a stream was answered ${statusCode}`);
    }
  }
  await sleep(SETTLE_MS);
  const memory = { streams: requests.length, before, open: app.residentMegabytes() };
  for (const request of requests) request.destroy();
  await sleep(SETTLE_MS);
  return memory;
}

function open(url: string, token: string): { request: ClientRequest; answered: Promise<IncomingMessage> } {
  const request = get(url + PATH, { agent: false, headers: { authorization: `Bearer ${token}` } });
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    request.once('response', (response) => {
      response.on('error', () => undefined).resume();
      resolve(response);
    });
    request.once('error', reject);
  });
  request.on('error', () => undefined);
  return { request, answered };
}
