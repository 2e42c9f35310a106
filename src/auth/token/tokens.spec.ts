import { createHmac } from 'node:crypto';
import { JwtService } from '@nestjs/jwt';
import type { Settings } from '../../infra/config/settings';
import { MovableClock } from '../../../test/fakes/movable-clock';
import { jwtOptions, JwtKeys } from './jwt-keys';
import { TokenService } from './token.service';

const clock = new MovableClock();

function service(...jwtSecrets: string[]): TokenService {
  const settings = { jwtSecrets, accessTokenTtlSeconds: 300, refreshTokenTtlSeconds: 600 } as unknown as Settings;
  const keys = new JwtKeys(settings);
  return new TokenService(new JwtService(jwtOptions(keys)), keys, settings, clock);
}

function part(token: string, index: number): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split('.')[index] ?? '', 'base64url').toString()) as Record<string, unknown>;
}

/** A token as somebody else would make it. */
function forged(header: object, claims: object, secret?: string): string {
  const text = [header, claims].map((json) => Buffer.from(JSON.stringify(json)).toString('base64url')).join('.');
  return `${text}.${secret === undefined ? '' : createHmac('sha256', secret).update(text).digest('base64url')}`;
}

const CLAIMS = { token_type: 'access', exp: 4_000_000_000, iat: 1, jti: 'a', user_id: 7, sid: 9, roles: [] };
const ours = service('new secret', 'old secret');

describe('access tokens', () => {
  it("carry simplejwt's claims, the session and the roles", () => {
    const token = ours.signAccess(7, 9, ['support']);
    expect(part(token, 0)).toEqual({ alg: 'HS256', typ: 'JWT', kid: expect.stringMatching(/^[0-9a-f]{8}$/) });
    const { iat, exp, jti, ...claims } = part(token, 1);
    expect(claims).toEqual({ token_type: 'access', user_id: 7, sid: 9, roles: ['support'] });
    expect(Number(exp) - Number(iat)).toBe(300);
    expect(jti).toMatch(/^[0-9a-f]{32}$/);
  });

  it('run out by our clock', () => {
    const claims = ours.read(ours.signAccess(7, 9, []));
    expect(ours.hasExpired(claims!)).toBe(false);
    clock.advance(301_000);
    expect(ours.hasExpired(claims!)).toBe(true);
  });
});

describe('refresh tokens', () => {
  const token = {
    accountId: 7,
    sessionId: 9,
    jti: 'b'.repeat(32),
    issuedAt: new Date('2026-01-01T00:00:00.999Z'),
    expiresAt: new Date('2059-01-01T00:00:00Z'),
  };

  it('are the same text for the same values', () => {
    expect(ours.signRefresh(token)).toBe(ours.signRefresh({ ...token }));
    expect(ours.readRefresh(ours.signRefresh(token))).toEqual({
      ...token,
      issuedAt: new Date('2026-01-01T00:00:00Z'),
    });
  });

  it('are told from access tokens, forged and expired ones', () => {
    expect(() => ours.readRefresh(ours.signAccess(7, 9, []))).toThrow('Token has wrong type');
    expect(() => ours.readRefresh('a.b.c')).toThrow('Token is invalid or expired');
    const expired = ours.signRefresh({ ...token, expiresAt: new Date('2026-01-02') });
    expect(() => ours.readRefresh(expired)).toThrow('Token is invalid or expired');
  });
});

describe('keys', () => {
  it('of the whole list verify, the newest signs', () => {
    const old = service('old secret');
    expect(ours.read(old.signAccess(7, 9, []))).toMatchObject({ user_id: 7 });
    expect(old.read(ours.signAccess(7, 9, []))).toBeUndefined();
  });

  it('are tried one by one for a token that names none', () => {
    const header = { alg: 'HS256', typ: 'JWT' };
    expect(ours.read(forged(header, CLAIMS, 'new secret'))).toMatchObject({ user_id: 7 });
    expect(ours.read(forged(header, CLAIMS, 'old secret'))).toMatchObject({ user_id: 7 });
    expect(ours.read(forged(header, CLAIMS, 'a stranger'))).toBeUndefined();
  });

  it.each<[string, object, object, string | undefined]>([
    ['no algorithm', { alg: 'none' }, CLAIMS, undefined],
    ['another algorithm', { alg: 'HS512' }, CLAIMS, 'new secret'],
    ['a kid of nobody', { alg: 'HS256', kid: 'ffffffff' }, CLAIMS, 'a stranger'],
    ['a kid that is no text', { alg: 'HS256', kid: {} }, CLAIMS, 'a stranger'],
    ['no session', { alg: 'HS256' }, { ...CLAIMS, sid: undefined }, 'new secret'],
    ['a user id that is text', { alg: 'HS256' }, { ...CLAIMS, user_id: '7' }, 'new secret'],
    ['another type', { alg: 'HS256' }, { ...CLAIMS, token_type: 'sliding' }, 'new secret'],
  ])('%s is refused', (_, header, claims, secret) => {
    expect(ours.read(forged(header, claims, secret))).toBeUndefined();
  });

  it.each(['', '.', '..', 'a.b', '\u0000', `${'A'.repeat(5000)}.b.c`])('%p is refused', (token) => {
    expect(ours.read(token)).toBeUndefined();
  });
});
