import type { AccessClaims } from '../token/claims';
import { VerifiedTokens } from './verified-tokens';

describe('VerifiedTokens', () => {
  it('keeps as many as it may, the newest', () => {
    const tokens = new VerifiedTokens(2);
    const claims = [1, 2, 3].map((sid) => ({ sid }) as AccessClaims);
    claims.forEach((claim) => tokens.add(`token ${claim.sid}`, claim));
    expect([1, 2, 3].map((sid) => tokens.get(`token ${sid}`))).toEqual([undefined, claims[1], claims[2]]);
    tokens.remove('token 2');
    expect(tokens.get('token 2')).toBeUndefined();
  });
});
