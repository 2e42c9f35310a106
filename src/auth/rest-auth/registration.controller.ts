import { Body, Controller, Get, HttpCode, Param, Post, UseInterceptors } from '@nestjs/common';
import {
  ApiBody,
  ApiCreatedResponse,
  ApiExtraModels,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiProduces,
  ApiTags,
  getSchemaPath,
} from '@nestjs/swagger';
import { Public } from '../../common/access';
import { notFound } from '../../common/domain-error';
import { Fails } from '../../infra/docs/fails';
import { AcceptsForm } from '../../infra/http/accepts-form';
import { Envelope } from '../../infra/http/envelope';
import type { Page } from '../../infra/http/html-page';
import { PageInterceptor, WantsPage } from '../../infra/http/html-page.interceptor';
import { RateLimit } from '../../infra/rate-limit/rate-limit.decorator';
import { DetailResponse } from '../browser/dto/detail.response';
import { type Client, FromClient } from '../session/client';
import { EmailConfirmationService } from '../verification/email-confirmation.service';
import { EmailRequest } from './dto/email.request';
import { LoginResponse } from './dto/login.response';
import { type AnyRegistration, MemboroRegistrationRequest, RegistrationRequest } from './dto/registration.request';
import { VerifyEmailRequest } from './dto/verify-email.request';
import { EmailProofService } from './email-proof.service';
import { RegistrationBodyPipe } from './registration-body.pipe';
import { RegistrationService } from './registration.service';
import { passwordsDiffer, taken } from './rest-auth.errors';

const KEY = { name: 'key', example: 'Zk3q9mZ2v1y8b5t4r7w6x3u0s9AcJ1Vq0v7o5zQ0o1c' };

/** memboro's sign-up and the proof of its mailbox (COMPAT 3.1). */
@ApiTags('Account')
@ApiExtraModels(RegistrationRequest, MemboroRegistrationRequest, LoginResponse)
@Controller('authenticate/rest-auth/registration')
@Envelope('drf')
@AcceptsForm()
@UseInterceptors(PageInterceptor)
export class RegistrationController {
  constructor(
    private readonly registrations: RegistrationService,
    private readonly proofs: EmailProofService,
    private readonly confirmations: EmailConfirmationService,
  ) {}

  @Post()
  @Public()
  @RateLimit('sign-up')
  @ApiOperation({
    summary: 'Sign up',
    description: 'Mails a link and a code. Where verification is not mandatory the answer is a login key.',
  })
  @ApiBody({
    schema: {
      oneOf: [{ $ref: getSchemaPath(RegistrationRequest) }, { $ref: getSchemaPath(MemboroRegistrationRequest) }],
    },
  })
  @ApiCreatedResponse({
    schema: { oneOf: [{ $ref: getSchemaPath(DetailResponse) }, { $ref: getSchemaPath(LoginResponse) }] },
    example: { detail: 'Verification e-mail sent.' },
  })
  @Fails(taken(['username', 'email']), passwordsDiffer())
  register(
    @Body(RegistrationBodyPipe) body: AnyRegistration,
    @FromClient() client: Client,
  ): Promise<DetailResponse | LoginResponse> {
    return this.registrations.register(body, client);
  }

  @Post('verify-email/')
  @Public()
  @RateLimit('code')
  @HttpCode(200)
  @ApiOperation({ summary: 'Prove the mailbox', description: 'With the key of the link, or the address and the code.' })
  @ApiOkResponse({ type: DetailResponse, example: { detail: 'ok' } })
  @Fails(notFound())
  verifyEmail(@Body() body: VerifyEmailRequest): Promise<DetailResponse> {
    return this.proofs.verify(body);
  }

  @Post('resend-email/')
  @Public()
  @RateLimit('mail')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Ask for another verification mail',
    description: 'Answers the same whether or not one is sent: at most one in three minutes is.',
  })
  @ApiOkResponse({ type: DetailResponse, example: { detail: 'ok' } })
  resendEmail(@Body() { email }: EmailRequest): Promise<DetailResponse> {
    return this.proofs.resend(email);
  }

  @Get('account-confirm-email/:key/')
  @Public()
  @ApiParam(KEY)
  @ApiOperation({ summary: 'The page of the link in the verification mail', description: 'Changes nothing.' })
  @ApiProduces('text/html')
  @ApiOkResponse({ schema: { type: 'string' } })
  showConfirmation(@Param('key') key: string): Promise<Page> {
    return this.confirmations.show(key);
  }

  @Post('account-confirm-email/:key/')
  @Public()
  @RateLimit('code')
  @HttpCode(200)
  @ApiParam(KEY)
  @ApiOperation({ summary: 'What the button of that page does', description: 'A browser gets a page, all else JSON.' })
  @ApiOkResponse({ type: DetailResponse, example: { detail: 'ok' } })
  confirm(@Param('key') key: string, @WantsPage() wantsPage: boolean): Promise<Page | DetailResponse> {
    return this.confirmations.confirm(key, wantsPage);
  }
}
