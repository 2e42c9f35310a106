import type { IBackoff } from 'cockatiel';
import { CallFault, faultOf } from './call-fault';
import { backoffOf } from './gateway-calls';

type Failed = Parameters<ReturnType<typeof backoffOf>['next']>[0];

const TUNING = { firstPauseMs: 200, maxPauseMs: 3_000 };
const failed = (error: Error): Failed => ({ result: { error } });
const LOST = failed(new CallFault('lost', 'lost'));

function pauses(count: number, of: Failed): number[] {
  let pause: IBackoff<Failed> = backoffOf(TUNING).next(of);
  const durations = [pause.duration];
  while (durations.length < count) {
    pause = pause.next(of);
    durations.push(pause.duration);
  }
  return durations;
}

describe('pauses between tries', () => {
  it('grow, differ from one call to the next, and have an end', () => {
    const lives = Array.from({ length: 50 }, () => pauses(8, LOST));
    expect(lives.flat().every((pause) => pause >= 0 && pause <= 3_000)).toBe(true);
    expect(new Set(lives.map(([first]) => first)).size).toBeGreaterThan(25);
    const mean = (index: number): number => lives.reduce((sum, life) => sum + (life[index] ?? 0), 0) / lives.length;
    expect(mean(5)).toBeGreaterThan(mean(0));
  });

  it('are never shorter than the gateway asked for', () => {
    const asked = failed(new CallFault('unsent', 'limited', {}, 2_500));
    expect(pauses(3, asked).every((pause) => pause >= 2_500)).toBe(true);
  });
});

describe('what the gateway asks for', () => {
  const waitOf = (headers: Record<string, unknown>): number | undefined =>
    faultOf('GET /x', { response: { status: 429, headers } }).retryAfterMs;

  it.each([
    [{ 'retry-after': '2' }, 2_000],
    [{ 'retry-after': '0' }, 0],
    [{ 'retry-after': 'Sat, 21 Nov 2026 19:00:07 GMT', date: 'Sat, 21 Nov 2026 19:00:02 GMT' }, 5_000],
    [{ 'retry-after': 'Sat, 21 Nov 2026 19:00:00 GMT', date: 'Sat, 21 Nov 2026 19:00:02 GMT' }, 0],
    [{ 'retry-after': 'Sat, 21 Nov 2026 19:00:07 GMT' }, undefined],
    [{ 'retry-after': 'soon' }, undefined],
    [{ 'retry-after': '-1', date: 'now' }, undefined],
    [{}, undefined],
  ])('is read from %j', (headers, wait) => {
    expect(waitOf(headers)).toBe(wait);
  });
});

describe('a failure before anything was sent', () => {
  const kindOf = (cause: object): string => faultOf('GET /x', { cause: Object.assign(new Error('x'), cause) }).kind;

  it.each([
    { code: 'ECONNREFUSED' },
    { code: 'ETIMEDOUT', syscall: 'connect' },
    { code: 'ENOTFOUND', syscall: 'getaddrinfo' },
    { code: 'CERT_HAS_EXPIRED' },
  ])('did nothing: %j', (cause) => {
    expect(kindOf(cause)).toBe('unsent');
  });

  it.each([{ code: 'ECONNRESET', syscall: 'read' }, { code: 'EPIPE', syscall: 'write' }, { code: 'ETIMEDOUT' }, {}])(
    'is not this one: %j',
    (cause) => {
      expect(kindOf(cause)).toBe('lost');
    },
  );
});
