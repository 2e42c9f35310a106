import { Injectable } from '@nestjs/common';
import { noActiveAccount } from '../auth.errors';
import type { Client } from '../session/client';
import { RefreshService } from '../session/refresh.service';
import { SessionService } from '../session/session.service';
import { SignInService } from '../sign-in/sign-in.service';
import type { TokenRequest } from './dto/token.request';
import type { TokenPairResponse } from './dto/token.response';

/** Tokens for credentials, and for refresh tokens. Unproven people may sign in here, as they always could. */
@Injectable()
export class TokenGrantService {
  constructor(
    private readonly signIns: SignInService,
    private readonly sessions: SessionService,
    private readonly refreshes: RefreshService,
  ) {}

  async grant({ username, password }: TokenRequest, client: Client): Promise<TokenPairResponse> {
    const { account } = await this.signIns.signIn({ identifier: username, password, address: client.ip });
    if (!account) throw noActiveAccount();
    const tokens = await this.signIns.whileCurrent(account, () => this.sessions.open(account.id, client));
    if (!tokens) throw noActiveAccount();
    return { access: tokens.access, refresh: tokens.refresh };
  }

  async refresh(token: string): Promise<TokenPairResponse> {
    const { access, refresh } = await this.refreshes.refresh(token);
    return { access, refresh };
  }
}
