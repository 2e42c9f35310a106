import type { Role } from '../../common/access';
import { parseRoles } from '../account/roles';

/** simplejwt's claims, and the session. Times in seconds. */
interface Claims {
  readonly exp: number;
  readonly iat: number;
  /** 32 hex digits */
  readonly jti: string;
  readonly user_id: number;
  readonly sid: number;
}

export interface AccessClaims extends Claims {
  readonly token_type: 'access';
  readonly roles: readonly Role[];
}

export interface RefreshClaims extends Claims {
  readonly token_type: 'refresh';
}

/** The claims of a token whose signature was good, or undefined where they are not ours. */
export function claimsOf(payload: unknown): AccessClaims | RefreshClaims | undefined {
  if (typeof payload !== 'object' || payload === null) return undefined;
  const { token_type, exp, iat, jti, user_id, sid, roles } = payload as Record<string, unknown>;
  if (!isCount(exp) || !isCount(iat) || !isCount(user_id) || !isCount(sid) || typeof jti !== 'string') return undefined;
  if (token_type === 'refresh') return { token_type, exp, iat, jti, user_id, sid };
  if (token_type !== 'access') return undefined;
  return { token_type, exp, iat, jti, user_id, sid, roles: parseRoles(Array.isArray(roles) ? roles.join() : '') };
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) > 0;
}
