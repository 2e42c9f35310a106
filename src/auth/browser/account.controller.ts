import { Body, Controller, Delete, Get, HttpCode, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Authenticated, Public } from '../../common/access';
import { CurrentUser, type Principal } from '../../common/current-user';
import { AcceptsForm } from '../../infra/http/accepts-form';
import { Envelope } from '../../infra/http/envelope';
import { RateLimit } from '../../infra/rate-limit/rate-limit.decorator';
import { OwnOriginGuard } from '../access/own-origin.guard';
import { SignUpRequest } from '../account/dto/sign-up.request';
import { ProfileResponse } from '../account/dto/profile.response';
import { SignUpResponse } from '../account/dto/sign-up.response';
import { ProfileService } from '../account/profile.service';
import { FromClient, type Client } from '../session/client';
import { BrowserService } from './browser.service';
import { DetailResponse } from './dto/detail.response';

/** MovieConnect's account routes (COMPAT 4.3). */
@ApiTags('Account')
@Controller('api/user')
@Envelope('drf')
export class AccountController {
  constructor(
    private readonly browser: BrowserService,
    private readonly profiles: ProfileService,
  ) {}

  @Post('signup/')
  @Public()
  @UseGuards(OwnOriginGuard)
  @RateLimit('sign-up')
  @AcceptsForm()
  @ApiOperation({ summary: 'Sign up, and be signed in', description: 'Sets the cookies of both tokens.' })
  @ApiCreatedResponse({ type: SignUpResponse })
  signUp(
    @Body() body: SignUpRequest,
    @FromClient() client: Client,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignUpResponse> {
    return this.browser.signUp(body, client, reply);
  }

  @Post('logout/')
  @Public()
  @HttpCode(200)
  @AcceptsForm()
  @ApiOperation({
    summary: 'Log out',
    description: 'Ends the session of every token that comes along, expired or not, and clears the cookies.',
  })
  @ApiOkResponse({ type: DetailResponse })
  logOut(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<DetailResponse> {
    return this.browser.logOut(request, reply);
  }

  @Get('profile/')
  @Authenticated()
  @ApiOperation({ summary: 'My profile' })
  @ApiOkResponse({ type: ProfileResponse })
  profile(@CurrentUser() { accountId }: Principal): Promise<ProfileResponse> {
    return this.profiles.read(accountId);
  }

  @Delete('delete/')
  @Authenticated()
  @HttpCode(204)
  @AcceptsForm()
  @ApiOperation({
    summary: 'Delete my account',
    description: 'At once, with all that is its alone; every session ends.',
  })
  @ApiNoContentResponse()
  close(@CurrentUser() { accountId }: Principal, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    return this.browser.closeAccount(accountId, reply);
  }
}
