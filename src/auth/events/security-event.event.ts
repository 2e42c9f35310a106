import type { Fact } from '../../infra/outbox/fact';

/**
 * - `refresh-reused`: a refresh token that was long replaced came back; its session was ended.
 * - `new-device`: a sign-in from an address and client this account was never seen with.
 * - `password-changed`: by somebody who knew the old one; the other sessions were ended.
 * - `password-reset`: through a link mailed to the owner; all sessions were ended.
 * - `sessions-ended`: by the owner, or somebody in the owner's place, in the list of sessions.
 */
export type SecurityEventKind =
  'refresh-reused' | 'new-device' | 'password-changed' | 'password-reset' | 'sessions-ended';

export type SecurityEventPayload = {
  kind: SecurityEventKind;
  account_id: number;
  /** Null where it did not happen in a session. */
  session_id: number | null;
  ip: string;
  user_agent: string;
  /** ISO 8601 */
  at: string;
};

/** Something the owner of an account should know of. */
export class SecurityEvent implements Fact {
  static readonly topic = 'security-event';
  readonly topic = SecurityEvent.topic;

  constructor(readonly payload: SecurityEventPayload) {}
}
