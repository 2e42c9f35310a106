import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isServing, readPostmaster } from '../../src/infra/database/embedded/postmaster';
import { postRazorpay } from '../factories/razorpay-webhook';
import { type AppProcess, startAppProcess } from '../setup/processes';
import { freePort } from '../setup/script-process';
import { closeAfterSpec } from '../setup/spec-database';

/** Where in the handing over of an event the process dies: before it has it, while it has it, when it has said yes. */
const PLACES = ['before', 'amid', 'after'] as const;
const PATIENCE_MS = 5_000;

/**
 * The built app behind somebody who hands on what the gateway sends, and kills it with given events of their count. It
 * is started again each time, on the same database and port.
 */
export class MortalApp {
  /** Ids of the events to which it has said yes. */
  readonly acknowledged = new Set<string>();
  handed = 0;
  kills = 0;
  private app: Promise<AppProcess>;

  private constructor(
    private readonly environment: Record<string, string>,
    private readonly deaths: ReadonlySet<number>,
  ) {
    this.app = this.begin();
  }

  /** `deaths`: the numbers of the events, from 1. Gives also where the gateway has to send to. */
  static async start(
    environment: Record<string, string>,
    deaths: ReadonlySet<number>,
  ): Promise<{ app: MortalApp; url: string }> {
    const app = new MortalApp({ ...environment, PORT: String(await freePort()) }, deaths);
    await app.up();
    return { app, url: await app.listen() };
  }

  /** Resolves when it serves, with its origin. */
  async up(): Promise<string> {
    return (await this.app).url;
  }

  async die(): Promise<void> {
    await end(await this.app);
  }

  private async listen(): Promise<string> {
    const server = createServer((request, response) => {
      this.hand(request, response).catch(() => response.destroy());
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    closeAfterSpec(async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    });
    return `http://127.0.0.1:${(server.address() as { port: number }).port}/`;
  }

  private async hand(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    this.handed += 1;
    const place = this.deaths.has(this.handed) ? PLACES[this.kills % PLACES.length] : undefined;
    if (place === 'before') await this.kill();
    const answer = this.forward(Buffer.concat(chunks), request.headers as Record<string, string>);
    if (place === 'amid') await this.kill();
    const status = await answer;
    if (status >= 200 && status < 300) this.acknowledged.add(String(request.headers['x-razorpay-event-id']));
    if (place === 'after') await this.kill();
    response.writeHead(status).end();
  }

  /** 502 where nobody answers. */
  private async forward(body: Buffer, headers: Record<string, string>): Promise<number> {
    const { PORT } = this.environment;
    const { 'x-razorpay-signature': signature = '', 'x-razorpay-event-id': id = '' } = headers;
    try {
      const url = `http://127.0.0.1:${PORT}/razorpay/webhooks/`;
      const answer = await postRazorpay(url, { body, signature, eventId: id }, AbortSignal.timeout(PATIENCE_MS));
      await answer.arrayBuffer();
      return answer.status;
    } catch {
      return 502;
    }
  }

  private async kill(): Promise<void> {
    this.kills += 1;
    await this.die();
    this.app = this.begin();
    // Whoever waits for it hears of a start that fails.
    this.app.catch(() => undefined);
  }

  private async begin(): Promise<AppProcess> {
    const app = await startAppProcess(this.environment);
    closeAfterSpec(() => end(app));
    return app;
  }
}

/** The process alone: its embedded database lives on, and would keep its output open. */
async function end({ child }: AppProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const exit = once(child, 'exit');
    child.kill('SIGKILL');
    await exit;
  }
  child.stdout?.destroy();
  child.stderr?.destroy();
}

/** What a killed process has left behind, and nobody has adopted. */
export async function stopEmbedded(dataFolder: string): Promise<void> {
  const cluster = join(dataFolder, 'postgres/cluster');
  const pid = readPostmaster(cluster)?.pid;
  if (pid === undefined || !isServing(pid, cluster)) return;
  process.kill(pid, 'SIGINT');
  while (isServing(pid, cluster)) await sleep(20);
}
