import { Injectable } from '@nestjs/common';
import type { SessionEnd } from './auth-session.entity';
import type { Client } from './client';

export interface TokenPair {
  readonly access: string;
  readonly refresh: string;
  readonly sessionId: number;
}

@Injectable()
export class SessionService {
  /** A session of its own with its first pair of tokens, for an account whose owner was just recognised. */
  open(accountId: number, client: Client): Promise<TokenPair> {
    throw new Error(`not yet ${accountId} ${client.ip}`);
  }

  /** A login key (40 hex digits), shown this once and stored hashed. */
  openWithKey(accountId: number, client: Client): Promise<{ key: string; sessionId: number }> {
    throw new Error(`not yet ${accountId} ${client.ip}`);
  }

  /** Ends one session; true where it was alive and the account's. */
  end(accountId: number, sessionId: number, why: SessionEnd): Promise<boolean> {
    throw new Error(`not yet ${accountId} ${sessionId} ${why}`);
  }

  /** Ends all sessions of the account, or all but one. Joins a running unit of work. */
  endAll(accountId: number, why: SessionEnd, keepSessionId?: number): Promise<void> {
    throw new Error(`not yet ${accountId} ${why} ${keepSessionId}`);
  }
}
