import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import Razorpay from 'razorpay';
import { CallFault, faultOf, garbled, type HttpAnswer, type HttpFailure } from './call-fault';

export interface RazorpayAccess {
  readonly keyId: string;
  readonly keySecret: string;
  /** An origin; `/v1` is added. */
  readonly baseUrl: string;
}

export interface ClientLimits {
  /** From connecting to the last byte of the answer. */
  readonly timeoutMs: number;
  /** Of an answer, decompressed. */
  readonly maxBytes: number;
}

interface HttpRequest {
  method?: string;
  url?: string;
  signal?: AbortSignal;
  httpAgent?: HttpAgent;
  httpsAgent?: HttpsAgent;
}

/** The HTTP client inside the package, as far as we use it: its types don't show it. */
interface HttpClient {
  readonly defaults: Record<string, unknown>;
  readonly interceptors: {
    readonly request: { use(then: (request: HttpRequest) => HttpRequest): void };
    readonly response: {
      use(
        then: (answer: HttpAnswer & { readonly config: HttpRequest }) => unknown,
        failed: (failure: HttpFailure & { readonly config?: HttpRequest }) => never,
      ): void;
    };
  };
  get(path: string, options: { readonly params: object }): Promise<HttpAnswer>;
  post(path: string, body: object, options: { readonly headers: Record<string, string> }): Promise<HttpAnswer>;
}

/** Carries our fault through the package, which copies these two members of whatever it catches, and only these. */
class Carrier extends Error {
  readonly response: { readonly status: number; readonly data: { readonly error: CallFault } };

  constructor(fault: CallFault) {
    super(fault.message);
    this.response = { status: fault.refusal.httpStatus ?? 0, data: { error: fault } };
  }
}

/**
 * Razorpay's package with what it lacks: another host than Razorpay's, an end to waiting and to reading, true errors,
 * and headers and filters that it drops. Each call is one request; it throws CallFault.
 */
export class RazorpayClient {
  private readonly razorpay: Razorpay;
  private readonly http: HttpClient;

  constructor(access: RazorpayAccess, limits: ClientLimits) {
    this.razorpay = new Razorpay({ key_id: access.keyId, key_secret: access.keySecret });
    this.http = (this.razorpay.api as unknown as { readonly rq: HttpClient }).rq;
    Object.assign(this.http.defaults, {
      baseURL: access.baseUrl,
      maxContentLength: limits.maxBytes,
      // Neither a redirect nor a proxy of the environment gets to see our key.
      maxRedirects: 0,
      proxy: false,
    });
    const kept = agents(true);
    const fresh = agents(false);
    this.http.interceptors.request.use((request) => ({
      ...request,
      // A kept connection that the gateway has just closed looks like a lost answer, which only reading can repeat.
      ...(request.method === 'get' ? kept : fresh),
      signal: AbortSignal.timeout(limits.timeoutMs),
    }));
    this.http.interceptors.response.use(
      (answer) => {
        if (typeof answer.data !== 'object' || answer.data === null) throw new Carrier(garbled(nameOf(answer.config)));
        return answer;
      },
      (failure) => {
        throw new Carrier(faultOf(nameOf(failure.config), failure));
      },
    );
  }

  /** One method of the package. */
  async call(method: (razorpay: Razorpay) => Promise<unknown>): Promise<unknown> {
    try {
      return await method(this.razorpay);
    } catch (error) {
      throw carriedBy(error) ?? error;
    }
  }

  /** Where the package drops parameters. `path` starts with a slash. */
  async get(path: string, params: object): Promise<unknown> {
    return this.call(async () => (await this.http.get(`/v1${path}`, { params })).data);
  }

  /** Where the package drops headers. */
  async post(path: string, body: object, headers: Record<string, string>): Promise<unknown> {
    return this.call(async () => (await this.http.post(`/v1${path}`, body, { headers })).data);
  }
}

function carriedBy(error: unknown): CallFault | undefined {
  const thrown = error as { readonly error?: unknown; readonly response?: { readonly data?: { error?: unknown } } };
  const carried = error instanceof Carrier ? error.response.data.error : thrown.error;
  return carried instanceof CallFault ? carried : undefined;
}

function agents(keepAlive: boolean): { httpAgent: HttpAgent; httpsAgent: HttpsAgent } {
  return { httpAgent: new HttpAgent({ keepAlive }), httpsAgent: new HttpsAgent({ keepAlive }) };
}

/** Without parameters, which may tell of a payer. */
function nameOf(request: HttpRequest | undefined): string {
  return `${request?.method?.toUpperCase() ?? 'Call'} ${request?.url?.split('?', 1)[0] ?? ''}`;
}
