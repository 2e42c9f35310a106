import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { httpApp, type TestApp } from './http.kit';

const SECRET = 'S3cretS3cretS3cret';

let http: TestApp;

beforeAll(async () => {
  http = await httpApp({ RATE_LIMITS: 'off' });
});
afterAll(() => http.app.close());

const linesOf = (requestId: string) => http.log.filter((line) => line.requestId === requestId);

describe('the log', () => {
  it('has one line per request, with what happened and who asked', async () => {
    const { headers } = await http.app.inject({ url: '/drf/things/?page=2', remoteAddress: '192.0.2.9' });
    const [line, ...more] = linesOf(String(headers['x-request-id']));
    expect(more).toEqual([]);
    expect(line).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      pid: process.pid,
      msg: 'request',
      requestId: headers['x-request-id'],
      method: 'GET',
      route: '/drf/things',
      status: 200,
      ms: expect.any(Number),
      client: '192.0.2.9',
    });
  });

  it('knows the request and its account behind every other line', async () => {
    const { headers } = await http.app.inject('/limited/log');
    const lines = linesOf(String(headers['x-request-id']));
    expect(lines).toContainEqual(expect.objectContaining({ context: 'Test', accountId: 77 }));
    expect(lines).toContainEqual(expect.objectContaining({ msg: 'request', accountId: 77 }));
    expect(JSON.stringify(lines)).toContain('[redacted]');
    expect(JSON.stringify(lines)).not.toContain('abcdefghijklmnop');
    expect(JSON.stringify(lines)).toContain('kept');
  });

  it('never holds a header, a body, a query or a key of a path', async () => {
    const headers = {
      authorization: `Bearer ${SECRET}`,
      cookie: `access_token=${SECRET}`,
      'plugin-user-id': SECRET,
      'x-lernito-signature': SECRET,
      'content-type': 'application/json',
    };
    for (const url of ['/drf/things', '/drf/things/raw', `/nowhere/${SECRET}${SECRET}?token=${SECRET}`]) {
      await http.app.inject({ method: 'POST', url: `${url}?key=${SECRET}`, headers, payload: { name: SECRET } });
      await http.app.inject({ method: 'POST', url, headers, payload: `{"password":"${SECRET}"` });
    }
    await http.app.inject(`/drf/things/fail/${SECRET}`);
    expect(http.log.length).toBeGreaterThan(6);
    expect(JSON.stringify(http.log)).not.toContain(SECRET);
  });

  it('has the path in place of the route where there is none', async () => {
    const miss = await http.app.inject('/nowhere/at-all?x=1');
    const [line] = linesOf(String(miss.headers['x-request-id']));
    expect(line).toMatchObject({ path: '/nowhere/at-all', status: 404 });
    expect(line).not.toHaveProperty('route');
  });

  it('has a stack for what broke, and none for what was refused for want of room', async () => {
    for (const [how, messages] of [
      ['busy', ['request']],
      ['database', ['GET /drf/things/fail/:how failed', 'request']],
    ] as const) {
      const { statusCode, headers } = await http.app.inject(`/drf/things/fail/${how}`);
      const lines = linesOf(String(headers['x-request-id']));
      expect([statusCode, lines.map(({ msg }) => msg)]).toEqual([503, messages]);
    }
  });

  it('is silent where it is told to be', async () => {
    const silent = await httpApp({ LOG_LEVEL: 'silent' });
    await silent.app.inject('/drf/things/fail/secret');
    expect(silent.log).toEqual([]);
    await silent.app.close();
  });

  it('keeps requests that are no faults out at level warn', async () => {
    const quiet = await httpApp({ LOG_LEVEL: 'warn' });
    await quiet.app.inject('/drf/things');
    await quiet.app.inject('/drf/things/fail/secret');
    expect(quiet.log.map(({ level }) => level)).toEqual(['error', 'error']);
    await quiet.app.close();
  });
});

describe('a process that ends', () => {
  it.each([
    ['of itself', ''],
    ['at once', 'process.exit(0);'],
    ['by an error that nobody caught', 'throw new Error("nobody");'],
  ])('%s has written its last lines', (_, end) => {
    const program = `
      const { createLog } = require('./src/infra/logging/log');
      const log = createLog({ logLevel: 'info', isProduction: true });
      log.requests.info({ status: 200 }, 'request');
      log.messages.warn('last words');
      ${end}`;
    const hook = join(__dirname, '../setup/typescript-hook.cjs');
    const { stdout } = spawnSync(process.execPath, ['-r', hook, '-e', program], {
      encoding: 'utf8',
      cwd: join(__dirname, '../..'),
    });
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { msg: string });
    expect(lines.map(({ msg }) => msg)).toEqual(['request', 'last words']);
  });
});
