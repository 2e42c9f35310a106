import { Injectable } from '@nestjs/common';
import { sha256Hex } from '../../infra/crypto/digest';
import { TokenService } from '../token/token.service';
import { AuthSessionRepository } from './auth-session.repository';
import { looksLikeLoginKey } from './login-key.rules';
import { SessionService } from './session.service';

/** Ends sessions by whatever token of theirs is at hand (R8): access or refresh, expired or not, or a login key. */
@Injectable()
export class LogoutService {
  constructor(
    private readonly sessions: SessionService,
    private readonly repository: AuthSessionRepository,
    private readonly tokens: TokenService,
  ) {}

  /** What is none of ours counts as nothing. */
  async logOut(tokens: readonly string[]): Promise<void> {
    for (const token of new Set(tokens)) {
      const session = await this.sessionOf(token);
      if (session) await this.sessions.end(session.accountId, session.sessionId, 'logout');
    }
  }

  private async sessionOf(token: string): Promise<{ accountId: number; sessionId: number } | undefined> {
    if (looksLikeLoginKey(token)) {
      const row = await this.repository.ownerOfKey(sha256Hex(token));
      return row && { accountId: row.account_id, sessionId: row.id };
    }
    const claims = this.tokens.read(token);
    return claims && { accountId: claims.user_id, sessionId: claims.sid };
  }
}
