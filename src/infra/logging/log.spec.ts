import { Logger } from '@nestjs/common';
import { createLog, type Log } from './log';
import { readableOutput } from './log-destination';
import { NestLogger } from './nest-logger';
import { runInRequest } from './request-context';

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

describe('the log', () => {
  let lines: Record<string, unknown>[];
  let log: Log;
  let logger: Logger;

  beforeEach(() => {
    lines = [];
    const write = (line: string): void => void lines.push(JSON.parse(line) as Record<string, unknown>);
    log = createLog({ logLevel: 'info', isProduction: true }, { write });
    Logger.overrideLogger(new NestLogger(log));
    logger = new Logger('Thing');
  });

  it('writes one JSON object per line', () => {
    logger.log('started');
    expect(lines).toEqual([
      { level: 'info', time: expect.stringMatching(TIME), pid: process.pid, context: 'Thing', msg: 'started' },
    ]);
  });

  it.each([
    ['log', 'info'],
    ['warn', 'warn'],
    ['error', 'error'],
    ['fatal', 'fatal'],
  ] as const)('%s is level %s', (method, level) => {
    logger[method]('x');
    expect(lines).toMatchObject([{ level, context: 'Thing', msg: 'x' }]);
  });

  it('leaves out what is below its level', () => {
    logger.debug('x');
    logger.verbose('x');
    expect(lines).toEqual([]);
  });

  it('takes an error in any place, and a stack as Nest gives it', () => {
    const error = new TypeError('broken');
    logger.error(error);
    logger.error('failed', error);
    logger.error('failed', error.stack);
    expect(lines[0]).toMatchObject({ msg: 'broken', err: { type: 'TypeError', message: 'broken' } });
    expect(lines[1]).toMatchObject({ msg: 'failed', err: { type: 'TypeError', stack: error.stack } });
    expect(lines[2]).toMatchObject({ msg: 'failed', err: { stack: error.stack } });
    for (const line of lines) expect(line.context).toBe('Thing');
  });

  it('hides secrets in texts and objects', () => {
    logger.log('Authorization: Bearer abcdefghijklmnop');
    logger.log('signed in', { password: 'hunter22', accountId: 5 });
    logger.log({ token: 'abcdefgh', plain: 1 });
    expect(JSON.stringify(lines)).not.toMatch(/abcdefgh|hunter22/);
    expect(lines[1]).toMatchObject({ msg: 'signed in', details: [{ password: '[redacted]', accountId: 5 }] });
    expect(lines[2]).toMatchObject({ msg: '{"token":"[redacted]","plain":1}' });
  });

  it('knows the request behind it, and who asks', async () => {
    const principal = { accountId: 5, sessionId: 1, roles: [], via: 'cookie' } as const;
    await new Promise<void>((resolve) => {
      runInRequest({ id: 'request-1', principal }, () => {
        setImmediate(() => {
          logger.log('inside');
          resolve();
        });
      });
    });
    logger.log('outside');
    expect(lines[0]).toMatchObject({ msg: 'inside', requestId: 'request-1', accountId: 5 });
    expect(lines[1]).not.toHaveProperty('requestId');
  });

  it("keeps Nest's words on its own wiring for debugging", () => {
    new Logger('RouterExplorer').log('Mapped {/x, GET} route');
    expect(lines).toEqual([]);
  });
});

describe('readableOutput', () => {
  it('is for people', () => {
    let text = '';
    const output = readableOutput((part) => (text += part));
    const time = '2024-02-29T12:30:45.678Z';
    output.write(JSON.stringify({ level: 'warn', time, pid: 1, context: 'Thing', msg: 'careful', status: 404 }));
    output.write(JSON.stringify({ level: 'error', time, pid: 1, msg: 'x', err: { stack: 'Error: x\n    at y' } }));
    expect(text).toBe('12:30:45.678 WARN  [Thing] careful status=404\n12:30:45.678 ERROR x\nError: x\n    at y\n');
  });
});
