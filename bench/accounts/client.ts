export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** Makes the data that scenarios need, over HTTP as anybody would. */
export class BenchClient {
  constructor(private readonly url: string) {}

  async post<T>(path: string, json: object, status: number, headers: Record<string, string> = {}): Promise<T> {
    const { body } = await this.send(path, json, status, headers);
    return body as T;
  }

  /** The access token of a new session, and its refresh token. */
  async logIn({ username, password }: Credentials): Promise<{ access: string; refresh: string }> {
    return this.post('/authenticate/api/token/', { username, password }, 200);
  }

  private async send(path: string, json: object, status: number, headers: Record<string, string>) {
    const answer = await fetch(this.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(json),
    });
    const text = await answer.text();
    if (answer.status !== status) throw new Error(`${path} answered ${answer.status}: ${text}`);
    return { body: JSON.parse(text) as unknown };
  }
}
