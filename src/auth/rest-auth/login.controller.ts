import { Body, Controller, HttpCode, Post, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Public } from '../../common/access';
import { Fails } from '../../infra/docs/fails';
import { AcceptsForm } from '../../infra/http/accepts-form';
import { Envelope } from '../../infra/http/envelope';
import { RateLimit } from '../../infra/rate-limit/rate-limit.decorator';
import { foreignOrigin } from '../auth.errors';
import { DetailResponse } from '../browser/dto/detail.response';
import { type Client, FromClient } from '../session/client';
import { LoginRequest } from './dto/login.request';
import { LoginResponse } from './dto/login.response';
import { LoginService } from './login.service';
import { accountDisabled, emailNotVerified, nobodyNamed, wrongCredentials } from './rest-auth.errors';

/** memboro's login keys (COMPAT 3.1). No cookies. */
@ApiTags('Sign-in')
@Controller('authenticate/rest-auth')
@Envelope('drf')
@AcceptsForm()
export class LoginController {
  constructor(private readonly logins: LoginService) {}

  @Post('login/')
  @Public()
  @RateLimit('sign-in')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Sign in with a login key',
    description: 'A username or an e-mail address, and the password.',
  })
  @ApiOkResponse({ type: LoginResponse })
  @Fails(wrongCredentials(), emailNotVerified(), accountDisabled(), nobodyNamed())
  login(@Body() body: LoginRequest, @FromClient() client: Client): Promise<LoginResponse> {
    return this.logins.login(body, client);
  }

  @Post('logout/')
  @Public()
  @HttpCode(200)
  @ApiOperation({ summary: 'End the login key', description: 'Or the session of whatever token comes along.' })
  @ApiOkResponse({ type: DetailResponse })
  @Fails(foreignOrigin())
  logOut(@Req() request: FastifyRequest): Promise<DetailResponse> {
    return this.logins.logOut(request);
  }
}
