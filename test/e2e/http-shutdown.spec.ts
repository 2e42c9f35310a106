import { Agent, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ShutdownService } from '../../src/infra/health/shutdown.service';
import { shutDown } from '../../src/infra/health/shut-down';
import { Gate, httpApp, type TestApp } from './http.kit';

async function listening(): Promise<{ http: TestApp; url: string }> {
  const http = await httpApp({ RATE_LIMITS: 'off', LOG_LEVEL: 'silent' });
  await http.app.listen(0, '127.0.0.1');
  const { port } = http.app.getHttpServer().address() as AddressInfo;
  return { http, url: `http://127.0.0.1:${port}` };
}

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingMessage['headers'];
}

function ask(url: string, agent: Agent): Promise<Answer> {
  return new Promise((resolve, reject) => {
    get(url, { agent }, (response) => {
      response.resume();
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers }));
    }).on('error', reject);
  });
}

describe('the end of the process', () => {
  it('lets what is under way end, takes nothing new, and closes the modules last', async () => {
    const { http, url } = await listening();
    const agent = new Agent({ keepAlive: true });
    const gate = http.app.get(Gate);
    let closed = false;
    expect((await ask(`${url}/drf/things`, agent)).headers.connection).toBe('keep-alive');
    const slow = ask(`${url}/slow`, agent);
    await gate.reached;

    const end = shutDown(http.app, 60_000).then(() => (closed = true));
    while (http.app.getHttpServer().listening) await new Promise(setImmediate);
    await expect(ask(`${url}/drf/things`, new Agent())).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    expect(closed).toBe(false);

    gate.open();
    expect((await slow).status).toBe(200);
    await end;
    agent.destroy();
  });

  it('tells kept connections to close while it waits for the load balancer', async () => {
    const { http, url } = await listening();
    const agent = new Agent({ keepAlive: true });
    http.app.get(ShutdownService).begin();
    const { status, headers } = await ask(`${url}/drf/things`, agent);
    expect(status).toBe(200);
    expect(headers.connection).toBe('close');
    await shutDown(http.app);
  });

  it('does not wait for ever', async () => {
    const { http, url } = await listening();
    const slow = ask(`${url}/slow`, new Agent());
    await http.app.get(Gate).reached;
    const cutOff = expect(slow).rejects.toMatchObject({ code: 'ECONNRESET' });
    await shutDown(http.app, 10);
    await cutOff;
  });

  it('is over at once where nothing listens', async () => {
    const { app } = await httpApp({ LOG_LEVEL: 'silent' });
    await expect(shutDown(app)).resolves.toBeUndefined();
  });
});
