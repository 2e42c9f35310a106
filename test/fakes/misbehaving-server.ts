import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';

export interface SeenRequest {
  readonly method: string;
  /** Without parameters. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** Parsed; undefined where there was none. */
  readonly body: unknown;
}

export type Reply = (response: ServerResponse, request: SeenRequest) => void;

/** Answers as it is told, and keeps what it was asked. */
export class MisbehavingServer {
  readonly seen: SeenRequest[] = [];
  private readonly replies: Reply[] = [];

  private constructor(private readonly server: Server) {
    server.on('request', (request, response) => {
      void text(request).then((body) => {
        const { pathname, searchParams } = new URL(request.url ?? '/', this.origin);
        const { method = '', headers } = request;
        const parsed: unknown = body === '' ? undefined : JSON.parse(body);
        const seen = { method, path: pathname, query: searchParams, headers, body: parsed };
        this.seen.push(seen);
        const reply = this.replies.length > 1 ? this.replies.shift() : this.replies[0];
        if (reply === undefined) response.destroy();
        else reply(response, seen);
      });
    });
  }

  static async start(): Promise<MisbehavingServer> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new MisbehavingServer(server);
  }

  get origin(): string {
    const address = this.server.address();
    if (address === null || typeof address === 'string') throw new Error('The server is closed');
    return `http://127.0.0.1:${address.port}`;
  }

  /** `GET /v1/orders`, as they came. */
  get calls(): string[] {
    return this.seen.map(({ method, path }) => `${method} ${path}`);
  }

  /** One reply for each request; the last one stays. */
  will(...replies: Reply[]): void {
    this.replies.splice(0, Infinity, ...replies);
    this.seen.length = 0;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}

export const json = (body: unknown, status = 200, headers: Record<string, string> = {}): Reply => {
  return (response) =>
    void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
};

export const html = (status: number): Reply => {
  return (response) =>
    void response.writeHead(status, { 'content-type': 'text/html' }).end('<html><h1>Bad gateway</h1></html>');
};

export const silence: Reply = () => undefined;

export const reset: Reply = (response) => void response.socket?.resetAndDestroy();

/** A head that promises more than comes: the connection breaks. */
export const brokenOff = (body: unknown, status = 200): Reply => {
  const bytes = Buffer.from(JSON.stringify(body));
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json', 'content-length': bytes.length });
    response.write(bytes.subarray(0, bytes.length / 2), () => response.destroy());
  };
};

/** A head and half a body, and then nothing more. */
export const stalled = (body: unknown): Reply => {
  const bytes = Buffer.from(JSON.stringify(body));
  return (response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': bytes.length });
    response.write(bytes.subarray(0, bytes.length / 2));
  };
};

/** A whole answer whose JSON is cut. */
export const cutJson = (body: unknown): Reply => {
  const whole = JSON.stringify(body);
  return (response) =>
    void response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(whole.slice(0, Math.floor(whole.length / 2)));
};
