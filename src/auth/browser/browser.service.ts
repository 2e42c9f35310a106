import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { invalid } from '../../common/domain-error';
import { OriginPolicy } from '../access/origin.policy';
import { AccountService } from '../account/account.service';
import type { SignUpRequest } from '../account/dto/sign-up.request';
import { type SignUpResponse, signUpResponse } from '../account/dto/sign-up.response';
import { SignUpService } from '../account/sign-up.service';
import { foreignOrigin } from '../auth.errors';
import type { Client } from '../session/client';
import { LogoutService } from '../session/logout.service';
import type { BrowserRefreshRequest, TokenRequest } from '../token/dto/token.request';
import type { RefreshResponse } from '../token/dto/token.response';
import { refreshCookieOf, TokenCookies } from '../token/token-cookies';
import { TokenGrantService } from '../token/token-grant.service';
import type { DetailResponse } from './dto/detail.response';
import { logoutTokensOf } from './logout.rules';

/** The sessions of browsers: those of everybody else, plus cookies and a look at whose page sends the request. */
@Injectable()
export class BrowserService {
  constructor(
    private readonly signUps: SignUpService,
    private readonly grants: TokenGrantService,
    private readonly logouts: LogoutService,
    private readonly accounts: AccountService,
    private readonly cookies: TokenCookies,
    private readonly origins: OriginPolicy,
  ) {}

  async signUp(body: SignUpRequest, client: Client, reply: FastifyReply): Promise<SignUpResponse> {
    const { account, tokens } = await this.signUps.signUp(body, client);
    this.cookies.set(reply, tokens);
    return signUpResponse(account, tokens.refresh);
  }

  async signIn(body: TokenRequest, client: Client, reply: FastifyReply): Promise<RefreshResponse> {
    const tokens = await this.grants.grant(body, client);
    this.cookies.set(reply, tokens);
    return { refresh: tokens.refresh };
  }

  /** A token in the body beats the cookie, and is proof enough of who sends it. */
  async refresh(body: BrowserRefreshRequest, request: FastifyRequest, reply: FastifyReply): Promise<RefreshResponse> {
    const token = body.refresh ?? refreshCookieOf(request);
    if (token === undefined) throw invalid({ refresh: ['This field is required.'] });
    if (body.refresh === undefined) this.origins.refuseForeign(request);
    const tokens = await this.grants.refresh(token);
    this.cookies.set(reply, tokens);
    return { refresh: tokens.refresh };
  }

  /** Works with any token of the session, also one that has run out, and without one (R8). */
  async logOut(request: FastifyRequest, reply: FastifyReply): Promise<DetailResponse> {
    const { explicit, cookies } = logoutTokensOf(request);
    const isForeign = this.origins.isForeign(request);
    if (isForeign && explicit.length === 0 && cookies.length > 0) throw foreignOrigin();
    await this.logouts.logOut(isForeign ? explicit : [...explicit, ...cookies]);
    if (!isForeign) this.cookies.clear(reply);
    return { detail: 'Successfully logged out.' };
  }

  async closeAccount(accountId: number, reply: FastifyReply): Promise<void> {
    await this.accounts.close(accountId);
    this.cookies.clear(reply);
  }
}
