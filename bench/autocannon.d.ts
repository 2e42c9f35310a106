/** The part of autocannon that the bench uses; the package brings no types. */
declare module 'autocannon' {
  namespace autocannon {
    interface Request {
      method?: string;
      path?: string;
      headers?: Record<string, string>;
      body?: string;
    }
    interface RequestPlan extends Request {
      /** Answers the request of this turn. */
      setupRequest?: (request: Request, context: Record<string, unknown>) => Request;
      /** `context` is that of the request. */
      onResponse?: (status: number, body: string, context: Record<string, unknown>) => void;
    }
    interface Options {
      url: string;
      connections: number;
      duration: number;
      requests: RequestPlan[];
      /** Requests a second, of all connections together; as many as are answered unless told. */
      overallRate?: number;
    }
    interface Result {
      requests: { total: number };
      duration: number;
      non2xx: number;
      errors: number;
      statusCodeStats: Record<string, { count: number }>;
    }
  }
  interface Instance extends PromiseLike<autocannon.Result> {
    on(
      event: 'response',
      listener: (client: unknown, status: number, bytes: number, milliseconds: number) => void,
    ): void;
  }
  function autocannon(options: autocannon.Options): Instance;
  export = autocannon;
}
