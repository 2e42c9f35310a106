export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The parsed body; undefined where there is none. */
  readonly body: unknown;
  /** `Set-Cookie` lines by the cookie's name. */
  readonly cookies: ReadonlyMap<string, string>;
}

export interface Call {
  readonly headers?: Record<string, string>;
  readonly json?: unknown;
  readonly form?: Record<string, string>;
  /** Sent as it is; the content type is the caller's. */
  readonly body?: string;
}

/** A client as the old READMEs describe them: plain HTTP, no knowledge of the server. */
export class HttpClient {
  constructor(private readonly origin: string) {}

  async call(method: string, path: string, { headers = {}, json, form, body }: Call = {}): Promise<Answer> {
    const type = json !== undefined ? 'application/json' : form && 'application/x-www-form-urlencoded';
    const response = await fetch(new URL(path, this.origin), {
      method,
      redirect: 'manual',
      headers: { ...(type === undefined ? {} : { 'content-type': type }), ...headers },
      body:
        json !== undefined ? JSON.stringify(json) : form !== undefined ? new URLSearchParams(form).toString() : body,
    });
    const text = await response.text();
    const cookies = response.headers.getSetCookie().map((line) => [line.slice(0, line.indexOf('=')), line] as const);
    return { status: response.status, headers: response.headers, text, body: parsed(text), cookies: new Map(cookies) };
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.call('GET', path, { headers });
  }

  post(path: string, json: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    return this.call('POST', path, { json, headers });
  }
}

/** The `Cookie` header a browser would send back. */
export function cookieHeader(answer: Answer): string {
  return [...answer.cookies.values()].map((line) => line.split(';')[0]).join('; ');
}

function parsed(text: string): unknown {
  try {
    return text === '' ? undefined : (JSON.parse(text) as unknown);
  } catch {
    return text;
  }
}
