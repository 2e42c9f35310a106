import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { timingSafeEqualText } from '../../infra/crypto/digest';
import { ApiError, failure, unauthorized } from './api-error';
import type { ApiFate } from './chaos';
import { Document } from './checkout.routes';
import type { Engine } from './engine';
import type { Body } from './input';
import type { Call, Router } from './router';

const MOST_BYTES = 1_048_576;
const UNREACHABLE = 'We are facing some trouble completing your request at the moment. Please try again shortly.';
const TOO_MANY = 'Request failed. Please try after sometime.';

/** Speaks HTTP: keys, bodies, accidents and errors. What is answered is the router's matter. */
export class HttpServer {
  private readonly server: Server;
  private readonly closing = new AbortController();

  constructor(
    private readonly engine: Engine,
    private readonly router: Router,
  ) {
    this.server = createServer((request, response) => {
      this.serve(request, response).catch(() => response.destroy());
    });
  }

  /** Answers the origin under which it can be reached. */
  async listen(port: number, host: string): Promise<string> {
    this.server.listen(port, host);
    await once(this.server, 'listening');
    const address = this.server.address();
    const actual = typeof address === 'object' && address !== null ? address.port : port;
    return `http://${host.includes(':') ? `[${host}]` : host}:${actual}`;
  }

  async close(): Promise<void> {
    this.closing.abort();
    if (!this.server.listening) return;
    this.server.close();
    this.server.closeAllConnections();
    await once(this.server, 'close');
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const call = await this.callOf(request);
      this.engine.world.clock.runDue();
      if (!call.path.startsWith('/checkout')) this.checkKeys(request);
      const answer = call.path.startsWith('/v1/') ? await this.throughChaos(call) : await this.router.answer(call);
      if (answer === CUT) return void request.socket.destroy();
      send(response, answer);
    } catch (error) {
      if (this.closing.signal.aborted) throw error;
      const { status, body } = error instanceof ApiError ? error : defect(error);
      json(response, status, { error: body });
    }
  }

  /** An accident may happen before the call has its effect or after it; the caller can't tell. */
  private async throughChaos(call: Call): Promise<unknown> {
    const { chaos } = this.engine;
    const delay = chaos.apiDelayMs();
    if (delay > 0) await wait(delay, undefined, { signal: this.closing.signal });
    const fate = chaos.fate();
    if (fate.kind === 'answer') return this.router.answer(call);
    if (fate.afterEffect) {
      try {
        await this.router.answer(call);
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
      }
    }
    return this.accident(fate);
  }

  private async accident({ kind, status }: Exclude<ApiFate, { kind: 'answer' }>): Promise<unknown> {
    if (kind === 'fail') throw accidentOf(status);
    const { hangMs } = this.engine.chaos.api;
    if (hangMs > 0) await wait(hangMs, undefined, { signal: this.closing.signal, ref: false });
    return CUT;
  }

  private checkKeys({ headers }: IncomingMessage): void {
    const [scheme, code = ''] = (headers.authorization ?? '').split(' ');
    const { keyId, keySecret } = this.engine.world.keys;
    const given = Buffer.from(code, 'base64').toString('utf8');
    if (scheme?.toLowerCase() !== 'basic' || !timingSafeEqualText(given, `${keyId}:${keySecret}`)) throw unauthorized();
  }

  private async callOf(request: IncomingMessage): Promise<Call> {
    const url = new URL(request.url ?? '/', 'http://simulator');
    const raw = await bytesOf(request);
    return {
      method: request.method ?? 'GET',
      path: url.pathname.length > 1 ? url.pathname.replace(/\/$/, '') : url.pathname,
      query: Object.fromEntries(url.searchParams),
      body: bodyOf(raw, request.headers['content-type'] ?? ''),
      headers: request.headers,
    };
  }
}

/** In place of an answer: the connection is cut. */
const CUT = Symbol('cut');

function accidentOf(status: number): ApiError {
  return status === 429 ? failure(429, 'BAD_REQUEST_ERROR', TOO_MANY) : failure(status, 'SERVER_ERROR', UNREACHABLE);
}

/** The simulator's own fault, told to whoever develops with it. */
function defect(error: unknown): ApiError {
  return failure(
    500,
    'SERVER_ERROR',
    `The simulator failed: ${error instanceof Error ? error.message : String(error)}`,
  );
}

async function bytesOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MOST_BYTES) throw failure(413, 'BAD_REQUEST_ERROR', 'The request is too large.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function bodyOf(raw: string, type: string): Body {
  if (raw === '') return {};
  if (type.startsWith('application/x-www-form-urlencoded')) return Object.fromEntries(new URLSearchParams(raw));
  const body = parsed(raw);
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw failure(400, 'BAD_REQUEST_ERROR', 'The request body must be a JSON object.');
  }
  return body as Body;
}

function parsed(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    throw failure(400, 'BAD_REQUEST_ERROR', 'The request body is not valid JSON.');
  }
}

function send(response: ServerResponse, answer: unknown): void {
  if (!(answer instanceof Document)) return json(response, 200, answer ?? {});
  response
    .writeHead(answer.status, {
      'content-type': `${answer.type}; charset=utf-8`,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      ...answer.headers,
    })
    .end(answer.text);
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
}
