// Renders docker/nginx's templates as the image's entry point does, asks nginx itself (`nginx -t`), then serves through
// it to a stand-in for the api. Usage: node .ci/check-nginx.mjs [root]; exits with 77 where there is no nginx.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';

const root = resolve(process.argv[2] ?? join(dirname(fileURLToPath(import.meta.url)), '..'));
const nginx = ['/usr/sbin/nginx', '/usr/local/sbin/nginx', '/usr/bin/nginx'].find(existsSync);
if (nginx === undefined) {
  console.error('nginx is not installed');
  process.exit(77);
}

const folder = mkdtempSync(join(tmpdir(), 'guildhall-nginx-'));
const problems = [];
const api = standIn();
try {
  const port = await listen(createServer(), true);
  const apiPort = await listen(api);
  const configuration = render({
    NGINX_PORT: `127.0.0.1:${port}`,
    NGINX_API: `127.0.0.1:${apiPort}`,
    NGINX_RESOLVER: '127.0.0.11',
    NGINX_BODY_LIMIT: '2m',
  });
  const test = spawnSync(nginx, ['-t', '-q', '-p', folder, '-c', configuration], { encoding: 'utf8' });
  if (test.status !== 0) throw new Error(test.stderr);
  await serve(configuration, port);
} catch (error) {
  problems.push(error.message);
} finally {
  api.close();
  api.closeAllConnections();
  rmSync(folder, { recursive: true, force: true });
}
for (const problem of problems) console.error(problem);
console.log(`nginx: ${problems.length} problems`);
process.exitCode = problems.length === 0 ? 0 : 1;

function render(values) {
  const templates = join(root, 'docker/nginx/templates');
  mkdirSync(join(folder, 'conf.d'));
  for (const name of readdirSync(templates)) {
    const text = readFileSync(join(templates, name), 'utf8').replace(
      /\$\{([A-Z_]+)\}/g,
      (all, key) => values[key] ?? all,
    );
    const left = /^(?!\s*#).*\$\{[A-Z_]+\}/m.exec(text);
    if (left) throw new Error(`${name}: nobody fills in ${left[0].trim()}`);
    writeFileSync(join(folder, 'conf.d', basename(name, '.template')), text);
  }
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (kind) => `${kind}_temp_path ${folder}/${kind};`,
  );
  const path = join(folder, 'nginx.conf');
  const user = process.getuid() === 0 ? 'user root;' : '';
  writeFileSync(
    path,
    `${user} daemon off; master_process off; pid ${folder}/pid; error_log stderr;
    events {} http { ${temporary.join(' ')} include ${folder}/conf.d/*.conf; }`,
  );
  return path;
}

async function serve(configuration, port) {
  const server = spawn(nginx, ['-p', folder, '-c', configuration], { stdio: 'ignore' });
  const ended = once(server, 'exit');
  try {
    await exchanges(port);
  } finally {
    server.kill('SIGQUIT');
    await Promise.race([ended, sleep(3000, undefined, { ref: false })]);
    server.kill('SIGKILL');
  }
}

async function exchanges(port) {
  const spoofed = {
    'X-Forwarded-For': '203.0.113.7',
    'X-Forwarded-Proto': 'https',
    Forwarded: 'for=203.0.113.7',
    Host: 'a.example:8080',
  };
  const seen = JSON.parse((await patiently(() => call(port, '/a%2Bb//c/?q=x+y', { headers: spoofed }))).body);
  expect(seen.url === '/a%2Bb//c/?q=x+y', `the path arrives as ${seen.url}`);
  expect(
    seen.headers['x-forwarded-for'] === '127.0.0.1',
    `X-Forwarded-For arrives as ${seen.headers['x-forwarded-for']}`,
  );
  expect(seen.headers['x-forwarded-proto'] === 'http', 'X-Forwarded-Proto can be spoofed');
  expect(seen.headers.forwarded === undefined, 'Forwarded gets through');
  expect(seen.headers.host === 'a.example:8080', `Host arrives as ${seen.headers.host}`);

  const zipped = await call(port, '/large', { headers: { 'Accept-Encoding': 'gzip' } });
  expect(zipped.headers['content-encoding'] === 'gzip', 'JSON is not compressed');
  const big = await call(port, '/', { method: 'POST', body: Buffer.alloc(2_500_000) });
  expect(big.status === 413 && JSON.parse(big.body).status === 413, `a body of 2.5 MB is answered ${big.status}`);
  const fits = await call(port, '/', { method: 'POST', body: Buffer.alloc(1_500_000) });
  expect(fits.status === 200, `a body of 1.5 MB does not reach the api: ${fits.status}`);
  const stream = await call(port, '/bell/stream/', { headers: { 'Accept-Encoding': 'gzip' }, firstChunkOnly: true });
  expect(stream.body === 'data: 1\n\n', 'a live stream is held back');

  api.close();
  api.closeAllConnections();
  const away = await call(port, '/');
  expect(
    away.status === 503 && away.headers['content-type'] === 'application/problem+json',
    `without the api: ${away.status}`,
  );
  expect(away.headers['retry-after'] === '5', 'without the api: no Retry-After');
}

/** Echoes what reaches it; `/large` is worth compressing, and a stream sends one event and stays open. */
function standIn() {
  return createServer((incoming, answer) => {
    incoming.resume();
    if (incoming.url.endsWith('/stream/')) {
      answer.writeHead(200, { 'Content-Type': 'text/event-stream' }).write('data: 1\n\n');
      return;
    }
    const filler = incoming.url === '/large' ? 'x'.repeat(5000) : '';
    incoming.on('end', () => {
      answer.writeHead(200, { 'Content-Type': 'application/json' });
      answer.end(JSON.stringify({ url: incoming.url, headers: incoming.headers, filler }));
    });
  });
}

function call(port, path, { method = 'GET', headers = {}, body, firstChunkOnly = false } = {}) {
  return new Promise((done, fail) => {
    const outgoing = request(
      { host: '127.0.0.1', port, path, method, headers, agent: false, timeout: 5000 },
      (answer) => {
        const chunks = [];
        const finish = () =>
          done({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(chunks).toString() });
        answer.on('data', (chunk) => {
          chunks.push(chunk);
          if (firstChunkOnly) finish();
          if (firstChunkOnly) outgoing.destroy();
        });
        answer.on('end', finish);
      },
    );
    outgoing.on('timeout', () => outgoing.destroy(new Error(`${path}: no answer within 5 s`)));
    outgoing.on('error', fail);
    outgoing.end(body);
  });
}

async function patiently(attempt) {
  for (let left = 50; left > 0; left -= 1) {
    try {
      return await attempt();
    } catch (error) {
      if (error.code !== 'ECONNREFUSED') throw error;
      await sleep(50);
    }
  }
  throw new Error('nginx does not listen');
}

/** The port it listens on; with `release`, one that was free a moment ago. */
async function listen(server, release = false) {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  if (release) server.close();
  return port;
}

function expect(condition, text) {
  if (!condition) problems.push(text);
}
