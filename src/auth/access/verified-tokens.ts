import type { AccessClaims } from '../token/claims';

/**
 * Access tokens whose signature was found good, so that a page's many requests with one token pay for one check. Whether
 * the token has run out or its session has ended is asked every time.
 */
export class VerifiedTokens {
  private readonly claims = new Map<string, AccessClaims>();

  constructor(private readonly most: number) {}

  get(token: string): AccessClaims | undefined {
    return this.claims.get(token);
  }

  /** The oldest makes room. */
  add(token: string, claims: AccessClaims): void {
    if (this.claims.size >= this.most) {
      const [oldest] = this.claims.keys();
      if (oldest !== undefined) this.claims.delete(oldest);
    }
    this.claims.set(token, claims);
  }

  remove(token: string): void {
    this.claims.delete(token);
  }
}
