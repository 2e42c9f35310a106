import { Body, Controller, Get, HttpCode, Param, Post, UseInterceptors } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Authenticated, Public } from '../../common/access';
import { CurrentUser, type Principal } from '../../common/current-user';
import { forbidden, notFound } from '../../common/domain-error';
import { Fails } from '../../infra/docs/fails';
import { AcceptsForm } from '../../infra/http/accepts-form';
import { Envelope } from '../../infra/http/envelope';
import type { Page } from '../../infra/http/html-page';
import { PageInterceptor, WantsPage } from '../../infra/http/html-page.interceptor';
import { Idempotent } from '../../infra/idempotency/idempotent';
import { RateLimit } from '../../infra/rate-limit/rate-limit.decorator';
import { GhostUserRequest, GuestLinkRequest } from './dto/guest.request';
import { GhostUserResponse, GuestClaimedResponse, GuestDetailResponse, OwnClaimResponse } from './dto/guest.response';
import { GuestCheckoutService } from './guest-checkout.service';
import { ownerDisabled } from './guest.errors';
import { GuestLinkService } from './guest-link.service';
import { GuestPageService } from './guest-page.service';
import { GuestRequestService } from './guest-request.service';

const KEY = { name: 'key', example: 'Zk3q9mZ2v1y8b5t4r7w6x3u0s9AcJ1Vq0v7o5zQ0o1c' };

/** Buying without an account, and coming for it. */
@ApiTags('Guests')
@Envelope('drf')
@Controller('subscriptions')
@UseInterceptors(PageInterceptor)
export class GuestController {
  constructor(
    private readonly checkouts: GuestCheckoutService,
    private readonly requests: GuestRequestService,
    private readonly links: GuestLinkService,
    private readonly pages: GuestPageService,
  ) {}

  @Post('get_ghost_user')
  @HttpCode(200)
  @Public()
  @RateLimit('guest-checkout')
  @Idempotent({ unhashed: ['password'] })
  @ApiOperation({
    summary: 'Begin to buy without an account',
    description:
      'When it is paid, one mail with a link goes to the address; its owner comes for the purchase with it. Asked again ' +
      'before it is paid, the same checkout is answered. Nothing in the answer tells whether the address has an account.',
  })
  @ApiOkResponse({ type: GhostUserResponse })
  async open(@Body() body: GhostUserRequest): Promise<GhostUserResponse> {
    return GhostUserResponse.of(body, await this.checkouts.open(body));
  }

  @Post('guest/link')
  @HttpCode(200)
  @Public()
  @RateLimit('mail')
  @Idempotent()
  @ApiOperation({
    summary: 'Ask for another link to what was bought without an account',
    description: 'Answers the same whether or not one is sent: at most one in three minutes is.',
  })
  @ApiOkResponse({ type: GuestDetailResponse })
  async sendLink(@Body() { email }: GuestLinkRequest): Promise<GuestDetailResponse> {
    await this.requests.request(email);
    return { detail: 'ok' };
  }

  @Post('guest/claim')
  @HttpCode(200)
  @Authenticated()
  @Idempotent()
  @Fails(forbidden('Confirm your e-mail address first.'))
  @ApiOperation({ summary: 'Come for what was bought with your e-mail address before you signed in' })
  @ApiOkResponse({ type: OwnClaimResponse })
  async claimOwn(@CurrentUser() { accountId }: Principal): Promise<OwnClaimResponse> {
    return { claimed: await this.links.claimOwn(accountId) };
  }

  @Get('guest/claim/:key')
  @Public()
  @ApiParam(KEY)
  @ApiOperation({ summary: 'The page of the link in the mail', description: 'Changes nothing.' })
  @ApiProduces('text/html')
  @ApiOkResponse({ schema: { type: 'string' } })
  show(@Param('key') key: string): Promise<Page> {
    return this.pages.show(key);
  }

  @Post('guest/claim/:key')
  @HttpCode(200)
  @Public()
  @RateLimit('code')
  @AcceptsForm()
  @Fails(notFound(), ownerDisabled())
  @ApiParam(KEY)
  @ApiOperation({
    summary: 'What the button of that page does',
    description:
      'What waits becomes the mailbox’s account’s, which is made where there is none. A browser gets a page, all else JSON.',
  })
  @ApiOkResponse({ type: GuestClaimedResponse })
  claim(@Param('key') key: string, @WantsPage() wantsPage: boolean): Promise<Page | GuestClaimedResponse> {
    return this.pages.claim(key, wantsPage);
  }
}
