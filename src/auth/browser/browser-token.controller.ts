import { Controller, HttpCode, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../common/access';
import { AcceptsForm } from '../../infra/http/accepts-form';
import { Envelope } from '../../infra/http/envelope';
import { RateLimit } from '../../infra/rate-limit/rate-limit.decorator';
import { OwnOriginGuard } from '../access/own-origin.guard';
import { FromClient, type Client } from '../session/client';
import { BrowserRefreshRequest, TokenRequest } from '../token/dto/token.request';
import { RefreshResponse } from '../token/dto/token.response';
import { ApiTokenBody, CredentialsBody, RefreshBody } from '../token/token-body';
import { BrowserService } from './browser.service';
import { noActiveAccount, refusedToken, wrongTokenType, blacklistedToken } from '../auth.errors';
import { Fails } from '../../infra/docs/fails';

/** MovieConnect's token routes (COMPAT 4.3): tokens in cookies, the refresh token in the body too. */
@ApiTags('Sign-in')
@Controller('api/token')
@Envelope('drf')
export class BrowserTokenController {
  constructor(private readonly browser: BrowserService) {}

  @Post()
  @Public()
  @UseGuards(OwnOriginGuard)
  @RateLimit('sign-in')
  @HttpCode(200)
  @AcceptsForm()
  @ApiTokenBody(TokenRequest)
  @Fails(noActiveAccount())
  @ApiOperation({ summary: 'Sign in with cookies', description: 'Sets the cookies of both tokens.' })
  @ApiOkResponse({ type: RefreshResponse })
  signIn(
    @CredentialsBody() body: TokenRequest,
    @FromClient() client: Client,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RefreshResponse> {
    return this.browser.signIn(body, client, reply);
  }

  @Post('refresh/')
  @Public()
  @RateLimit('refresh')
  @HttpCode(200)
  @AcceptsForm()
  @ApiTokenBody(BrowserRefreshRequest)
  @Fails(refusedToken(), wrongTokenType(), blacklistedToken())
  @ApiOperation({
    summary: 'Refresh with cookies',
    description: 'Replaces the refresh token; requests that race with the same one get the same successor.',
  })
  @ApiOkResponse({ type: RefreshResponse })
  refresh(
    @RefreshBody() body: BrowserRefreshRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RefreshResponse> {
    return this.browser.refresh(body, request, reply);
  }
}
