import { Body, Controller, Get, HttpCode, Param, Post, UseInterceptors } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiParam, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Authenticated, Public } from '../../common/access';
import { CurrentUser, type Principal } from '../../common/current-user';
import { Fails } from '../../infra/docs/fails';
import { AcceptsForm } from '../../infra/http/accepts-form';
import { Envelope } from '../../infra/http/envelope';
import type { Page } from '../../infra/http/html-page';
import { PageInterceptor, WantsPage } from '../../infra/http/html-page.interceptor';
import { RateLimit } from '../../infra/rate-limit/rate-limit.decorator';
import { DetailResponse } from '../browser/dto/detail.response';
import { newPasswordRefused, newPasswordsDiffer, wrongOldPassword } from '../password/password.errors';
import { type Client, FromClient } from '../session/client';
import { ResetPageService } from '../verification/reset-page.service';
import { wrongResetToken, wrongUid } from '../verification/verification.errors';
import { EmailRequest } from './dto/email.request';
import { NewPasswordRequest, PasswordChangeRequest, PasswordResetConfirmRequest } from './dto/password.request';
import { PasswordService } from './password.service';

const UID = { name: 'uid', example: 'h' };
const TOKEN = { name: 'token', example: 'Zk3q9mZ2v1y8b5t4r7w6x3u0s9AcJ1Vq0v7o5zQ0o1c' };
const TOO_COMMON = newPasswordRefused('This password is too common.');

/** memboro's passwords: changed, forgotten, chosen anew (COMPAT 3.1). */
@ApiTags('Account')
@Controller('authenticate/rest-auth/password')
@Envelope('drf')
@AcceptsForm()
@UseInterceptors(PageInterceptor)
export class PasswordController {
  constructor(
    private readonly passwords: PasswordService,
    private readonly resetPages: ResetPageService,
  ) {}

  @Post('change/')
  @Authenticated()
  @RateLimit('sign-in')
  @HttpCode(200)
  @ApiOperation({ summary: 'Change my password', description: 'Ends my other sessions and keeps this one.' })
  @ApiOkResponse({ type: DetailResponse, example: { detail: 'New password has been saved.' } })
  @Fails(wrongOldPassword(), newPasswordsDiffer(), TOO_COMMON)
  change(
    @CurrentUser() principal: Principal,
    @Body() body: PasswordChangeRequest,
    @FromClient() client: Client,
  ): Promise<DetailResponse> {
    return this.passwords.change(principal, body, client);
  }

  @Post('reset/')
  @Public()
  @RateLimit('mail')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Ask for a new password',
    description: 'Answers the same whether or not the address has an account. The link works once and for an hour.',
  })
  @ApiOkResponse({ type: DetailResponse, example: { detail: 'Password reset e-mail has been sent.' } })
  reset(@Body() { email }: EmailRequest): Promise<DetailResponse> {
    return this.passwords.requestReset(email);
  }

  @Post('reset/confirm/')
  @Public()
  @RateLimit('code')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Choose a new password',
    description: 'With `uid` and `token` of the link. Proves the mailbox and ends every session.',
  })
  @ApiOkResponse({ type: DetailResponse, example: { detail: 'Password has been reset with the new password.' } })
  @Fails(wrongUid(), wrongResetToken(), newPasswordsDiffer(), TOO_COMMON)
  confirmReset(@Body() body: PasswordResetConfirmRequest, @FromClient() client: Client): Promise<DetailResponse> {
    return this.passwords.confirmReset(body, client);
  }

  @Get('reset/confirm/:uid/:token/')
  @Public()
  @ApiParam(UID)
  @ApiParam(TOKEN)
  @ApiOperation({ summary: 'The page of the link in the reset mail', description: 'Changes nothing.' })
  @ApiProduces('text/html')
  @ApiOkResponse({ schema: { type: 'string' } })
  showReset(@Param('uid') uid: string, @Param('token') token: string): Promise<Page> {
    return this.resetPages.show({ uid, token });
  }

  @Post('reset/confirm/:uid/:token/')
  @Public()
  @RateLimit('code')
  @HttpCode(200)
  @ApiParam(UID)
  @ApiParam(TOKEN)
  @ApiOperation({ summary: 'What the form of that page does', description: 'A browser gets a page, all else JSON.' })
  @ApiBody({ type: NewPasswordRequest })
  @ApiOkResponse({ type: DetailResponse, example: { detail: 'Password has been reset with the new password.' } })
  @Fails(wrongUid(), wrongResetToken(), newPasswordsDiffer(), TOO_COMMON)
  resetByLink(
    @Param('uid') uid: string,
    @Param('token') token: string,
    @Body() body: unknown,
    @FromClient() client: Client,
    @WantsPage() wantsPage: boolean,
  ): Promise<Page | DetailResponse> {
    return this.resetPages.reset({ uid, token }, body, client, wantsPage);
  }
}
