import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Role } from '../../common/access';
import { Clock } from '../../common/clock';
import { offsetOf, type PageRequest } from '../../common/page';
import { sha256Hex } from '../../infra/crypto/digest';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import { OutboxService } from '../../infra/outbox/outbox.service';
import { AccountRepository } from '../account/account.repository';
import { noActiveAccount } from '../auth.errors';
import { SecurityEvent } from '../events/security-event.event';
import { TokenService } from '../token/token.service';
import type { SessionEnd } from './auth-session.entity';
import { AuthSessionRepository, type NewSession, type SessionRow } from './auth-session.repository';
import type { Client } from './client';
import { keyExpiry } from './login-key.rules';
import { hashOf } from './refresh-chain.rules';
import { RevocationList } from './revocation-list';

export interface TokenPair {
  readonly access: string;
  readonly refresh: string;
  readonly sessionId: number;
}

/** Sign-ins: how they begin, are listed, and end. */
@Injectable()
export class SessionService {
  constructor(
    private readonly sessions: AuthSessionRepository,
    private readonly accounts: AccountRepository,
    private readonly tokens: TokenService,
    private readonly revoked: RevocationList,
    private readonly unitOfWork: UnitOfWork,
    private readonly outbox: OutboxService,
    private readonly clock: Clock,
  ) {}

  /** A session with its first pair of tokens, for an account whose owner was just recognised. */
  async open(accountId: number, client: Client): Promise<TokenPair> {
    const now = this.clock.now();
    const jti = this.tokens.newJti();
    const expiresAt = this.tokens.refreshExpiry(now);
    const session = {
      accountId,
      kind: 'jwt',
      keyHash: null,
      tokenHash: hashOf(jti),
      now,
      expiresAt,
      ...client,
    } as const;
    const { sessionId, roles } = await this.begin(session);
    return {
      access: this.tokens.signAccess(accountId, sessionId, roles),
      refresh: this.tokens.signRefresh({ accountId, sessionId, jti, issuedAt: now, expiresAt }),
      sessionId,
    };
  }

  /** A login key (40 hex digits), told this once and stored hashed (R26). */
  async openWithKey(accountId: number, client: Client): Promise<{ key: string; sessionId: number }> {
    const now = this.clock.now();
    const key = randomBytes(20).toString('hex');
    const session = { accountId, kind: 'key', keyHash: sha256Hex(key), tokenHash: null, now, ...client } as const;
    const { sessionId } = await this.begin({ ...session, expiresAt: keyExpiry(now) });
    return { key, sessionId };
  }

  /** The live ones, last used first. */
  async list(accountId: number, page: PageRequest): Promise<{ rows: SessionRow[]; count: number }> {
    const now = this.clock.now();
    const count = await this.sessions.count(accountId, now);
    return { rows: await this.sessions.list(accountId, now, page.size, offsetOf(page)), count };
  }

  /** Those of `sessionIds` that have neither ended nor run out, for what outlasts a request: as the database has it. */
  async alive(sessionIds: readonly number[]): Promise<ReadonlySet<number>> {
    return new Set(await this.sessions.alive(sessionIds, this.clock.now()));
  }

  /** Ends one session; false where it is not the account's, or ended before. */
  async end(accountId: number, sessionId: number, why: SessionEnd): Promise<boolean> {
    const now = this.clock.now();
    const ended = await this.sessions.end(sessionId, accountId, now, why);
    if (ended) this.unitOfWork.afterCommit(() => this.revoked.add(sessionId, why, now));
    return ended;
  }

  /** Ends all sessions of the account, or all but one, and gives how many; joins a running unit of work. */
  endAll(accountId: number, why: SessionEnd, keepSessionId?: number): Promise<number> {
    return this.unitOfWork.run(async () => {
      const now = this.clock.now();
      const ended = await this.sessions.endAll(accountId, now, why, keepSessionId ?? 0);
      if (why === 'account-closed') await this.sessions.forgetDevices(accountId);
      this.unitOfWork.afterCommit(() => ended.forEach((sessionId) => this.revoked.add(sessionId, why, now)));
      return ended.length;
    });
  }

  private begin(session: NewSession): Promise<{ sessionId: number; roles: Role[] }> {
    return this.unitOfWork.run(async () => {
      // First, because it locks the account: closing or disabling it then waits and sees this session.
      const roles = await this.accounts.signedIn(session.accountId, session.now);
      if (!roles) throw noActiveAccount();
      const isNewDevice = await this.sessions.isNewDevice(session.accountId, session);
      const sessionId = await this.sessions.add(session);
      if (isNewDevice) await this.outbox.publish(newDevice(session, sessionId));
      return { sessionId, roles };
    });
  }
}

function newDevice({ accountId, ip, userAgent, now }: NewSession, sessionId: number): SecurityEvent {
  return new SecurityEvent({
    kind: 'new-device',
    account_id: accountId,
    session_id: sessionId,
    ip,
    user_agent: userAgent,
    at: now.toISOString(),
  });
}
