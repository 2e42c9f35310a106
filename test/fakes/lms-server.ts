import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { hmac, sign } from '../factories/lernito';

/** A call of lernito's contract, or to the event endpoint, as it came. */
export interface LmsCall {
  readonly path: string;
  readonly raw: string;
  readonly body: Record<string, unknown>;
  readonly signature: string;
  /** `t=…,v1=…` */
  readonly timestamp: string;
}

/** Answers instead of the LMS; the call is not carried out. */
export type Mischief = (response: ServerResponse, call: LmsCall) => void | Promise<void>;

const JSON_TYPE = { 'content-type': 'application/json' };

/** An Open edX with lernito's plugin, as far as we call it: `/lernito/webhook/`, `/events/`, and the APIs that withdraw. */
export class LmsServer {
  readonly calls: LmsCall[] = [];
  /** `email course` */
  readonly enrolled = new Set<string>();
  /** What would enrol whoever registers: `email course` */
  readonly allowances = new Set<string>();
  /** The usernames there, by mail address. */
  readonly users = new Map<string, string>();
  readonly courses = new Set<string>();
  /** What the API was asked, as `METHOD path`. */
  readonly asked: string[] = [];
  secret: string;
  isStaff = true;
  tokens = 0;
  /** What a token reads. */
  tokenText = (number: number): string => `token-${number}`;
  /** As a server that shows what went wrong. */
  repeatsTokenRequests = false;
  /** For each call one; then it behaves. */
  readonly mischief: Mischief[] = [];
  private readonly validTokens = new Set<string>();

  private constructor(
    private readonly server: Server,
    secret: string,
  ) {
    this.secret = secret;
    server.on('request', (request, response) => {
      void this.answer(request, response).catch(() => response.destroy());
    });
  }

  static async start(secret: string, ...courses: string[]): Promise<LmsServer> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const lms = new LmsServer(server, secret);
    for (const course of courses) lms.courses.add(course);
    return lms;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  get url(): string {
    return `${this.origin}/lernito/webhook/`;
  }

  /** Enrolments it was asked for, one after the other: `email course`. */
  get enrolments(): string[] {
    return this.calls
      .filter(({ path }) => path === '/lernito/webhook/')
      .map(({ body }) => `${String(body['email'])} ${String((body['courseIds'] as string[])[0])}`);
  }

  forgetTokens(): void {
    this.validTokens.clear();
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const raw = (await buffer(request)).toString('utf8');
    const { pathname, searchParams } = new URL(request.url ?? '/', this.origin);
    if (pathname === '/lernito/webhook/' || pathname === '/events/')
      return this.signed(pathname, raw, request, response);
    this.asked.push(`${request.method} ${pathname}`);
    if (pathname === '/oauth2/access_token') {
      if (this.repeatsTokenRequests) return send(response, 400, { form: raw });
      return this.giveToken(new URLSearchParams(raw), response);
    }
    if (!this.validTokens.has(request.headers.authorization ?? '')) return send(response, 401, { detail: 'x' });
    if (pathname === '/api/user/v1/accounts') return this.findUser(searchParams.get('email') ?? '', response);
    const body = JSON.parse(raw) as Record<string, unknown>;
    if (pathname === '/api/enrollment/v1/enrollment_allowed/') return this.revoke(body, response);
    if (pathname === '/api/enrollment/v1/enrollment') return this.unenrol(body, response);
    return send(response, 404, {});
  }

  private async signed(
    path: string,
    raw: string,
    { headers }: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const [signature, timestamp] = [headers['x-lernito-signature'], headers['x-lernito-timestamp']].map(String);
    const body = JSON.parse(raw) as Record<string, unknown>;
    const call = { path, raw, body, signature: signature ?? '', timestamp: timestamp ?? '' };
    this.calls.push(call);
    const mischief = this.mischief.shift();
    if (mischief !== undefined) return mischief(response, call);
    // As the plugin signs, and as everybody else would: the bytes are the compact form.
    if (signature !== sign(raw, 'compact', this.secret) || signature !== hmac(raw, this.secret)) {
      return send(response, 401, { success: false, message: 'Invalid signature' });
    }
    if (path === '/events/') return send(response, 204);
    return this.enrol(body, response);
  }

  enrol(body: Record<string, unknown>, response: ServerResponse): void {
    const courses = body['courseIds'] as string[];
    if (courses.length === 0) {
      const message = { non_field_errors: ['At least one courseId must be provided'] };
      return send(response, 400, { success: false, message });
    }
    const unknown = courses.find((course) => !this.courses.has(course));
    if (unknown !== undefined) {
      return send(response, 400, { success: false, message: `Course ${unknown} does not exist` });
    }
    for (const course of courses) this.enrolled.add(`${String(body['email'])} ${course}`);
    const message = `User enrollment status verified for ${courses.length} course(s)`;
    return send(response, 200, { success: true, message });
  }

  private giveToken(form: URLSearchParams, response: ServerResponse): void {
    const isKnown = form.get('client_id') === 'guildhall' && form.get('client_secret') === 'client-secret-91c7';
    const isAsked = form.get('grant_type') === 'client_credentials' && form.get('token_type') === 'jwt';
    if (!isKnown || !isAsked) return send(response, 401, { error: 'invalid_client' });
    this.tokens += 1;
    const token = this.tokenText(this.tokens);
    this.validTokens.add(`JWT ${token}`);
    return send(response, 200, { access_token: token, expires_in: 3600, token_type: 'JWT' });
  }

  private findUser(email: string, response: ServerResponse): void {
    const username = this.users.get(email);
    if (username === undefined || !this.isStaff) return send(response, 404);
    return send(response, 200, [{ username, email, bio: 'Nobody else’s business' }]);
  }

  private revoke({ email, course_id: course }: Record<string, unknown>, response: ServerResponse): void {
    if (!this.isStaff) return send(response, 403, { detail: 'You do not have permission to perform this action.' });
    const had = this.allowances.delete(`${String(email)} ${String(course)}`);
    return had ? send(response, 204) : send(response, 404, { message: 'An enrollment allowed … doesn’t exists.' });
  }

  private unenrol(body: Record<string, unknown>, response: ServerResponse): void {
    const course = (body['course_details'] as { course_id: string }).course_id;
    const [email] = [...this.users].find(([, username]) => username === body['user']) ?? [];
    if (email === undefined) return send(response, 406, { message: 'The user does not exist.' });
    this.enrolled.delete(`${email} ${course}`);
    return send(response, 200, { user: body['user'], is_active: body['is_active'] });
  }
}

export const answering = (status: number, body: object = {}): Mischief => {
  return (response) => send(response, status, body);
};

export const hangingUp: Mischief = (response) => void response.destroy();

function send(response: ServerResponse, status: number, body?: object): void {
  response.writeHead(status, body && JSON_TYPE).end(body && JSON.stringify(body));
}
