import { Injectable } from '@nestjs/common';
import type { Principal } from '../../common/current-user';
import { Clock } from '../../common/clock';
import { sha256Hex } from '../../infra/crypto/digest';
import { parseRoles } from '../account/roles';
import { AuthSessionRepository } from './auth-session.repository';
import { isUseWorthNoting, keyExpiry, looksLikeLoginKey } from './login-key.rules';

/** Recognises callers by their login key: one query, so that an ended key is refused everywhere at once. */
@Injectable()
export class LoginKeyService {
  constructor(
    private readonly sessions: AuthSessionRepository,
    private readonly clock: Clock,
  ) {}

  async authenticate(key: string): Promise<Principal | undefined> {
    if (!looksLikeLoginKey(key)) return undefined;
    const now = this.clock.now();
    const session = await this.sessions.byKey(sha256Hex(key), now);
    if (!session) return undefined;
    if (isUseWorthNoting(session.last_used_at, now)) await this.sessions.used(session.id, now, keyExpiry(now));
    return { accountId: session.account_id, sessionId: session.id, roles: parseRoles(session.roles), via: 'token' };
  }
}
