import { createServer } from 'node:http';
import { Pool } from 'pg';
import { enrol } from './enrolment';
import type { Answer, Handler } from './handler';
import { getPluginUser, postPluginUser } from './plugin';
import { profile, refresh } from './session';

/**
 * The same work without a framework: the statements of the app, named and prepared, in its round trips, the same checks
 * of tokens and signatures, and nothing else.
 */
const HANDLERS: Readonly<Record<string, Handler>> = {
  'GET /api/user/profile/': profile,
  'POST /api/token/refresh/': refresh,
  'GET /plugin_user/': getPluginUser,
  'POST /plugin_user/': postPluginUser,
  'POST /api/lernito/webhook/': enrol,
};

const pool = new Pool({
  connectionString: process.env.DATABASE_URL,
  max: 10,
  pipeline: true,
  types: { getTypeParser: parserOf },
});

function parserOf(type: number): (text: string) => unknown {
  if (type === 20 || type === 23) return Number;
  if (type === 1184) return (text) => new Date(text);
  return type === 16 ? (text) => text === 't' : (text) => text;
}

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const handler = HANDLERS[`${request.method} ${request.url}`];
    const call = { request, body: Buffer.concat(chunks) };
    const answering = handler ? handler(pool, call) : Promise.resolve<Answer>({ status: 200, body: {} });
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
