import type { DomainError } from '../../common/domain-error';
import { credentialOf } from './credential.rules';

describe('credentialOf', () => {
  it.each<[string | undefined, string | undefined, object | undefined]>([
    [undefined, undefined, undefined],
    ['', undefined, undefined],
    ['Basic dXNlcg==', undefined, undefined],
    [undefined, 'a.b.c', { via: 'cookie', text: 'a.b.c' }],
    ['Basic dXNlcg==', 'a.b.c', { via: 'cookie', text: 'a.b.c' }],
    ['Bearer x.y.z', 'a.b.c', { via: 'bearer', text: 'x.y.z' }],
    ['bearer   x.y.z ', undefined, { via: 'bearer', text: 'x.y.z' }],
    ['Token 0f', 'a.b.c', { via: 'token', text: '0f' }],
  ])('%p and cookie %p: %p', (authorization, cookie, credential) => {
    expect(credentialOf(authorization, cookie)).toEqual(credential);
  });

  it.each([
    ['Bearer', 'Authorization header must contain two space-delimited values', 'Bearer realm="api"'],
    ['Bearer a b', 'Authorization header must contain two space-delimited values', 'Bearer realm="api"'],
    ['Token', 'Invalid token header. No credentials provided.', 'Token'],
    ['Token a b', 'Invalid token header. Token string should not contain spaces.', 'Token'],
  ])('%p is refused even beside a good cookie', (authorization, message, challenge) => {
    expect.assertions(2);
    try {
      credentialOf(authorization, 'a.b.c');
    } catch (error) {
      expect((error as DomainError).message).toBe(message);
      expect((error as DomainError).details.headers).toEqual({ 'WWW-Authenticate': challenge });
    }
  });
});
