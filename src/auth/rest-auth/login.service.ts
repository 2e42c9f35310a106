import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Settings } from '../../infra/config/settings';
import { OriginPolicy } from '../access/origin.policy';
import { foreignOrigin } from '../auth.errors';
import type { DetailResponse } from '../browser/dto/detail.response';
import { logoutTokensOf } from '../browser/logout.rules';
import type { Client } from '../session/client';
import { LogoutService } from '../session/logout.service';
import { SessionService } from '../session/session.service';
import { type Credentials, SignInService } from '../sign-in/sign-in.service';
import type { LoginRequest } from './dto/login.request';
import { type LoginResponse, loginResponse } from './dto/login.response';
import { accountDisabled, emailNotVerified, nobodyNamed, wrongCredentials } from './rest-auth.errors';

/** memboro's sign-in with login keys (R26): every refusal is a 400, as dj-rest-auth's. */
@Injectable()
export class LoginService {
  constructor(
    private readonly signIns: SignInService,
    private readonly sessions: SessionService,
    private readonly logouts: LogoutService,
    private readonly origins: OriginPolicy,
    private readonly settings: Settings,
  ) {}

  async login(request: LoginRequest, client: Client): Promise<LoginResponse> {
    const { outcome, account } = await this.signIns.signIn({ ...identifierOf(request), address: client.ip });
    if (outcome === 'refused') throw wrongCredentials();
    if (outcome === 'disabled') throw accountDisabled();
    if (this.settings.emailVerification === 'mandatory' && account.emailVerifiedAt === null) {
      throw emailNotVerified();
    }
    const session = await this.signIns.whileCurrent(account, () => this.sessions.openWithKey(account.id, client));
    if (!session) throw wrongCredentials();
    return loginResponse(account, session.key);
  }

  /** Ends what the caller shows, whether or not it is still good (R8). Cookies stay: these routes never touch them. */
  async logOut(request: FastifyRequest): Promise<DetailResponse> {
    const { explicit, cookies } = logoutTokensOf(request);
    if (explicit.length === 0 && cookies.length > 0 && this.origins.isForeign(request)) throw foreignOrigin();
    await this.logouts.logOut(explicit.length > 0 ? explicit : cookies);
    return { detail: 'Successfully logged out.' };
  }
}

/** The e-mail address counts where both are given. */
function identifierOf({ username, email, password }: LoginRequest): Omit<Credentials, 'address'> {
  if (email) return { identifier: email, kind: 'email', password };
  if (username) return { identifier: username, kind: 'username', password };
  throw nobodyNamed();
}
