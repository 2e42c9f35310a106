import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { parseRoles } from '../account/roles';
import { blacklistedToken, refusedToken } from '../auth.errors';
import { JwtKeys } from '../token/jwt-keys';
import { TokenService, type RefreshToken } from '../token/token.service';
import { hashOf, judge, rotationEntry, successorOf, type FoundSession } from './refresh-chain.rules';
import { RefreshRepository, type RefreshRow } from './refresh.repository';
import { ReusedTokenService } from './reused-token.service';
import type { TokenPair } from './session.service';

/** Rotation of refresh tokens (C3): each use replaces the token, and a replaced one works for a short grace only. */
@Injectable()
export class RefreshService {
  constructor(
    private readonly sessions: RefreshRepository,
    private readonly tokens: TokenService,
    private readonly keys: JwtKeys,
    private readonly reused: ReusedTokenService,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError 401 in simplejwt's words */
  async refresh(text: string): Promise<TokenPair> {
    const presented = this.tokens.readRefresh(text);
    return (await this.rotate(presented)) ?? (await this.explain(presented));
  }

  private async rotate(presented: RefreshToken): Promise<TokenPair | undefined> {
    const { sessionId, accountId } = presented;
    const now = this.clock.now();
    const jti = successorOf(presented.jti, this.keys.newest.chain);
    const successor = { accountId, sessionId, jti, issuedAt: now, expiresAt: this.tokens.refreshExpiry(now) };
    const roles = await this.sessions.rotate({
      sessionId,
      accountId,
      fromHash: hashOf(presented.jti),
      toHash: hashOf(jti),
      entry: rotationEntry(now),
      now,
      expiresAt: successor.expiresAt,
    });
    return roles === undefined ? undefined : this.pair(successor, roles);
  }

  private async explain(presented: RefreshToken): Promise<TokenPair> {
    const row = await this.sessions.find(presented.sessionId);
    const verdict = judge(presented, row && foundSession(row), this.clock.now(), this.keys.all);
    switch (verdict.kind) {
      case 'superseded': {
        if (!row) throw refusedToken();
        const { jti, keyId } = verdict.current;
        const { accountId, sessionId } = presented;
        const current = { accountId, sessionId, jti, issuedAt: verdict.issuedAt, expiresAt: row.expires_at };
        return this.pair(current, row.roles ?? '', keyId);
      }
      case 'reused':
        await this.reused.report(presented, row);
        throw blacklistedToken();
      case 'ended':
        throw blacklistedToken();
      case 'current':
      case 'unknown':
        throw refusedToken();
    }
  }

  private pair(refresh: RefreshToken, roles: string, keyId?: string): TokenPair {
    const { accountId, sessionId } = refresh;
    return {
      access: this.tokens.signAccess(accountId, sessionId, parseRoles(roles)),
      refresh: this.tokens.signRefresh(refresh, keyId),
      sessionId,
    };
  }
}

function foundSession(row: RefreshRow): FoundSession {
  return {
    accountId: row.account_id,
    accountIsActive: Boolean(row.is_active),
    tokenHash: row.token_hash,
    rotations: row.rotations,
    expiresAt: row.expires_at,
    ended: row.ended_at !== null,
  };
}
