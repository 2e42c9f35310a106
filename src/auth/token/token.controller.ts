import { Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Public } from '../../common/access';
import { AcceptsForm } from '../../infra/http/accepts-form';
import { Envelope } from '../../infra/http/envelope';
import { RateLimit } from '../../infra/rate-limit/rate-limit.decorator';
import { FromClient, type Client } from '../session/client';
import { RefreshRequest, TokenRequest } from './dto/token.request';
import { TokenPairResponse } from './dto/token.response';
import { ApiTokenBody, CredentialsBody, RefreshBody } from './token-body';
import { TokenGrantService } from './token-grant.service';
import { noActiveAccount, refusedToken, wrongTokenType, blacklistedToken } from '../auth.errors';
import { Fails } from '../../infra/docs/fails';

/** memboro's token routes (COMPAT 3.1): both tokens in the body, no cookies. */
@ApiTags('Sign-in')
@Controller('authenticate/api/token')
@Envelope('drf')
export class TokenController {
  constructor(private readonly grants: TokenGrantService) {}

  @Post()
  @Public()
  @RateLimit('sign-in')
  @HttpCode(200)
  @AcceptsForm()
  @ApiTokenBody(TokenRequest)
  @Fails(noActiveAccount())
  @ApiOperation({ summary: 'Sign in with bearer tokens' })
  @ApiOkResponse({ type: TokenPairResponse })
  signIn(@CredentialsBody() body: TokenRequest, @FromClient() client: Client): Promise<TokenPairResponse> {
    return this.grants.grant(body, client);
  }

  @Post('refresh/')
  @Public()
  @RateLimit('refresh')
  @HttpCode(200)
  @AcceptsForm()
  @ApiTokenBody(RefreshRequest)
  @Fails(refusedToken(), wrongTokenType(), blacklistedToken())
  @ApiOperation({ summary: 'Refresh bearer tokens' })
  @ApiOkResponse({ type: TokenPairResponse })
  refresh(@RefreshBody() { refresh }: RefreshRequest): Promise<TokenPairResponse> {
    return this.grants.refresh(refresh);
  }
}
