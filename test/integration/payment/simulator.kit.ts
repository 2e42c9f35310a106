import { createServer } from 'node:http';
import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';
import { type Simulator, type SimulatorOptions, startSimulator } from '../../../src/payment/simulator/simulator';

/** Midnight in India on 5 January 2026. */
export const START = Date.UTC(2026, 0, 4, 18, 30) / 1000;
export const DAY = 86_400;

/** What was answered: what it holds is what the test asserts. */
export type Json = ReturnType<typeof JSON.parse>;

export interface Answer {
  readonly status: number;
  readonly body: Json;
}

export interface TestSimulator extends Simulator {
  call(method: string, path: string, body?: object, headers?: Record<string, string>): Promise<Answer>;
  get(path: string): Promise<Json>;
  post(path: string, body?: object, headers?: Record<string, string>): Promise<Json>;
  /** The callback's fields. Throws where the payment failed. */
  paid(purchase: object): Json;
  /** Names of the events so far, oldest first. */
  events(): string[];
  plan(amount?: number, item?: object): Promise<Json>;
  subscribe(more?: object): Promise<Json>;
}

const open: (() => Promise<void>)[] = [];

/** Closes every simulator and receiver of this file. */
export async function closeAll(): Promise<void> {
  await Promise.all(open.splice(0).map((close) => close()));
}

/** Time stands still and accidents repeat themselves, unless told otherwise. */
export async function startTestSimulator(options: SimulatorOptions = {}): Promise<TestSimulator> {
  const simulator = await startSimulator({ frozen: true, startAt: START, seed: 7, ...options });
  open.push(() => simulator.close());
  const { url, keyId, keySecret } = simulator;
  const authorization = `Basic ${Buffer.from(`${keyId}:${keySecret}`).toString('base64')}`;
  const call: TestSimulator['call'] = async (method, path, body, headers = {}) => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { authorization, ...(body && { 'content-type': 'application/json' }), ...headers },
      body: body && JSON.stringify(body),
    });
    return { status: response.status, body: await response.json() };
  };
  const fine = ({ status, body }: Answer): Json => {
    if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`);
    return body;
  };
  const post: TestSimulator['post'] = async (path, body = {}, headers) => fine(await call('POST', path, body, headers));
  const plan: TestSimulator['plan'] = (amount = 50_000, item = {}) =>
    post('/v1/plans', { period: 'monthly', interval: 1, item: { name: 'Gold', amount, currency: 'INR', ...item } });
  return {
    ...simulator,
    call,
    post,
    plan,
    get: async (path) => fine(await call('GET', path)),
    paid: (purchase) => {
      const paid = simulator.pay({ ...purchase });
      if ('error' in paid) throw new Error(paid.error.description);
      return paid.callback;
    },
    events: () => simulator.control.deliveries().map(({ event }) => event),
    subscribe: async (more = {}) => post('/v1/subscriptions', { plan_id: (await plan()).id, total_count: 12, ...more }),
  };
}

export interface Received {
  readonly headers: Record<string, Json>;
  readonly raw: Buffer;
  readonly body: Json;
}

export interface Receiver {
  readonly url: string;
  readonly received: Received[];
  /** What it answers next; 0 is no answer at all. */
  status: number;
}

/** Takes webhooks. */
export async function startReceiver(status = 200): Promise<Receiver> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    void buffer(request).then((raw) => {
      received.push({ headers: request.headers, raw, body: JSON.parse(raw.toString()) });
      if (receiver.status !== 0) response.writeHead(receiver.status).end();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  open.push(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const receiver: Receiver = { url: `http://127.0.0.1:${port}/hook`, received, status };
  return receiver;
}
