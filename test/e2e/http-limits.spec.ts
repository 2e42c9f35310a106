import type { MemoryRateStore } from '../../src/infra/rate-limit/memory-rate-store';
import { RATE_POLICIES } from '../../src/infra/rate-limit/rate-limit.policies';
import { RateStore } from '../../src/infra/rate-limit/rate-store';
import { httpApp, type TestApp } from './http.kit';

const { limit } = RATE_POLICIES['sign-in'];

async function withApp<T>(environment: Record<string, string>, work: (http: TestApp) => Promise<T>): Promise<T> {
  const http = await httpApp(environment);
  try {
    return await work(http);
  } finally {
    await http.app.close();
  }
}

function signIn({ app }: TestApp, remoteAddress = '192.0.2.1', headers: Record<string, string> = {}) {
  return app.inject({ method: 'POST', url: '/limited', remoteAddress, headers });
}

async function exhaust(http: TestApp, remoteAddress?: string, headers?: Record<string, string>): Promise<void> {
  for (let i = 0; i < limit; i++) expect((await signIn(http, remoteAddress, headers)).statusCode).toBe(201);
}

describe('limits per address', () => {
  it('count down, then answer 429 in the words of the envelope', () =>
    withApp({}, async (http) => {
      const first = await signIn(http);
      expect(first.headers).toMatchObject({
        'ratelimit-limit': String(limit),
        'ratelimit-remaining': String(limit - 1),
        'ratelimit-reset': '60',
      });
      for (let i = 1; i < limit; i++) await signIn(http);
      const late = await signIn(http);
      const seconds = Number(late.headers['retry-after']);
      expect(late.statusCode).toBe(429);
      expect(seconds).toBeGreaterThan(0);
      expect(seconds).toBeLessThanOrEqual(60);
      expect(late.json()).toEqual({ detail: `Request was throttled. Expected available in ${seconds} seconds.` });
      expect(late.headers).toMatchObject({
        'ratelimit-limit': String(limit),
        'ratelimit-remaining': '0',
        'ratelimit-reset': String(seconds),
      });
    }));

  it('are kept per address and per policy', () =>
    withApp({}, async (http) => {
      await exhaust(http);
      expect((await signIn(http)).statusCode).toBe(429);
      expect((await signIn(http, '192.0.2.2')).statusCode).toBe(201);
      expect((await http.app.inject({ url: '/limited', remoteAddress: '192.0.2.1' })).statusCode).toBe(200);
    }));

  it('take an IPv6 network for one address', () =>
    withApp({}, async (http) => {
      for (let i = 0; i < limit; i++) await signIn(http, `2001:db8:1:2::${i + 1}`);
      expect((await signIn(http, '2001:db8:1:2:ffff::1')).statusCode).toBe(429);
      expect((await signIn(http, '2001:db8:1:3::1')).statusCode).toBe(201);
    }));

  it('are lifted by RATE_LIMITS=off', () =>
    withApp({ RATE_LIMITS: 'off' }, async (http) => {
      await exhaust(http);
      const answer = await signIn(http);
      expect(answer.statusCode).toBe(201);
      expect(answer.headers).not.toHaveProperty('ratelimit-limit');
    }));

  it('leave signature routes and probes alone', () =>
    withApp({}, async (http) => {
      for (const url of ['/limited/signed', '/limited/probe']) {
        expect((await http.app.inject(url)).headers).not.toHaveProperty('ratelimit-limit');
      }
    }));

  it('end with their window', () =>
    withApp({}, async (http) => {
      await exhaust(http);
      const store = http.app.get<MemoryRateStore>(RateStore);
      await store.set('sign-in:192.0.2.1', limit, 1);
      await new Promise((resolve) => setTimeout(resolve, 5));
      expect((await signIn(http)).statusCode).toBe(201);
    }));
});

describe('the address', () => {
  const forwarded = (address: string) => ({ 'x-forwarded-for': address });

  it('is that of the connection where no proxy is trusted, whatever the client says', () =>
    withApp({}, async (http) => {
      for (let i = 0; i < limit; i++) await signIn(http, '192.0.2.1', forwarded(`198.51.100.${i}`));
      expect((await signIn(http, '192.0.2.1', forwarded('198.51.100.200'))).statusCode).toBe(429);
    }));

  it('is what a trusted proxy says, and nobody before it can add to that', () =>
    withApp({ TRUST_PROXY: '10.0.0.0/8,loopback' }, async (http) => {
      const ip = async (remoteAddress: string, header: string) =>
        (await http.app.inject({ url: '/limited', remoteAddress, headers: forwarded(header) })).json<{ ip: string }>()
          .ip;
      expect(await ip('10.1.2.3', '198.51.100.7')).toBe('198.51.100.7');
      expect(await ip('10.1.2.3', '203.0.113.9, 198.51.100.7')).toBe('198.51.100.7');
      expect(await ip('10.1.2.3', '203.0.113.9, 198.51.100.7, 10.9.9.9')).toBe('198.51.100.7');
      expect(await ip('192.0.2.1', '198.51.100.7')).toBe('192.0.2.1');
      await exhaust(http, '10.1.2.3', forwarded('198.51.100.7'));
      expect((await signIn(http, '10.4.5.6', forwarded('198.51.100.7'))).statusCode).toBe(429);
      expect((await signIn(http, '10.1.2.3', forwarded('198.51.100.8'))).statusCode).toBe(201);
    }));

  it.each(['', 'nonsense', ',,,', '[::1]:80', `${'1.1.1.1,'.repeat(500)}x`])(
    'never breaks the server: X-Forwarded-For %j',
    (header) =>
      withApp({ TRUST_PROXY: 'loopback' }, async (http) => {
        expect((await signIn(http, '127.0.0.1', forwarded(header))).statusCode).toBe(201);
      }),
  );
});
