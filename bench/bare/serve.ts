import { createServer } from 'node:http';
import { Pool } from 'pg';
import type { Answer, Handler } from './handler';

export interface BareRoute {
  readonly method: string;
  /** Of the path, without the query. */
  readonly path: RegExp;
  readonly handler: Handler;
}

/**
 * The same work without a framework: the statements of the app, named and prepared, in its round trips, the same checks
 * of tokens and signatures, and nothing else.
 */
export function serve(routes: readonly BareRoute[]): void {
  const pool = new Pool({
    connectionString: process.env.DATABASE_URL,
    max: 10,
    pipeline: true,
    // As the application's connections.
    options: '-c jit=off -c plan_cache_mode=force_generic_plan',
    types: { getTypeParser: parserOf },
  });
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const path = request.url?.split('?', 1)[0] ?? '';
      const route = routes.find(({ method, path: pattern }) => method === request.method && pattern.test(path));
      const call = { request, body: Buffer.concat(chunks) };
      const answering = route ? route.handler(pool, call) : Promise.resolve<Answer>({ status: 200, body: {} });
      answering
        .catch((error: unknown): Answer => ({ status: 500, body: { error: String(error) } }))
        .then(({ status, body, headers = {} }) => {
          const text = JSON.stringify(body);
          const length = Buffer.byteLength(text);
          response.writeHead(status, { 'content-type': 'application/json', 'content-length': length, ...headers });
          response.end(text);
        })
        .catch(console.error);
    });
  });
  server.listen(Number(process.env.PORT), process.env.HOST);
  process.on('SIGTERM', () => process.exit(0));
}

function parserOf(type: number): (text: string) => unknown {
  if (type === 20 || type === 23) return Number;
  if (type === 1184) return (text) => new Date(text);
  return type === 16 ? (text) => text === 't' : (text) => text;
}
