export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** Makes the data that scenarios need, over HTTP as anybody would. */
export class BenchClient {
  constructor(private readonly url: string) {}

  async post<T>(path: string, json: object, status: number, headers: Record<string, string> = {}): Promise<T> {
    const init = { method: 'POST', body: JSON.stringify(json) };
    return this.send<T>(path, { ...init, headers: { 'content-type': 'application/json', ...headers } }, status);
  }

  get<T>(path: string, headers: Record<string, string>): Promise<T> {
    return this.send<T>(path, { headers }, 200);
  }

  /** The access token of a new session, and its refresh token. */
  async logIn({ username, password }: Credentials): Promise<{ access: string; refresh: string }> {
    return this.post('/authenticate/api/token/', { username, password }, 200);
  }

  private async send<T>(path: string, init: RequestInit, status: number): Promise<T> {
    const answer = await fetch(this.url + path, init);
    const text = await answer.text();
    if (answer.status !== status) throw new Error(`${path} answered ${answer.status}: ${text}`);
    return JSON.parse(text) as T;
  }
}
