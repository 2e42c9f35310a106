import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Authenticated, OptionalAuth, Public } from '../../common/access';
import { CurrentUser, MaybeUser, type Principal } from '../../common/current-user';
import { invalid, notAuthenticated } from '../../common/domain-error';
import { Fails } from '../../infra/docs/fails';
import { Envelope } from '../../infra/http/envelope';
import { IdParam } from '../../infra/http/id-param';
import { PagedQuery } from '../../infra/http/page.request';
import { PageUrl } from '../../infra/http/page-url';
import { Idempotent } from '../../infra/idempotency/idempotent';
import { EndRequest, JoinRequest, SaveRequest, SubscribeRequest } from './dto/purchase.request';
import {
  CheckoutResponse,
  DetailsResponse,
  EndResponse,
  SubscriptionListResponse,
  SubscriptionResponse,
} from './dto/purchase.response';
import { StatesResponse } from './dto/states.response';
import { PurchaseConfirmService } from './purchase-confirm.service';
import { PurchaseEndService } from './purchase-end.service';
import { alreadySubscribed, notPossible } from './purchase.errors';
import { PurchaseReaderService } from './purchase-reader.service';
import { PurchaseService } from './purchase.service';

@ApiTags('Subscriptions')
@Envelope('drf')
@Controller('subscriptions')
export class PurchaseController {
  constructor(
    private readonly purchases: PurchaseService,
    private readonly confirmation: PurchaseConfirmService,
    private readonly ending: PurchaseEndService,
    private readonly reader: PurchaseReaderService,
  ) {}

  @Post('create')
  @HttpCode(200)
  @Authenticated()
  @Idempotent()
  @Fails(alreadySubscribed(41))
  @ApiOperation({
    summary: 'Begin a monthly subscription of a tier',
    description: 'The price is the tier’s of today. Asked again before it is paid, the same checkout is answered.',
  })
  @ApiOkResponse({ type: CheckoutResponse })
  async create(@Body() body: SubscribeRequest, @CurrentUser() { accountId }: Principal): Promise<CheckoutResponse> {
    return CheckoutResponse.of(await this.purchases.subscribe(accountId, body.tierID, body.currency));
  }

  @Post('create_onetime')
  @HttpCode(200)
  @Authenticated()
  @Idempotent()
  @Fails(alreadySubscribed(41))
  @ApiOperation({ summary: 'Begin to buy a tier for a month, paid once', description: '`SubscriptionID` is an order.' })
  @ApiOkResponse({ type: CheckoutResponse })
  async createOnce(@Body() body: SubscribeRequest, @CurrentUser() { accountId }: Principal): Promise<CheckoutResponse> {
    return CheckoutResponse.of(await this.purchases.buyOnce(accountId, body.tierID, body.currency));
  }

  @Post('subscribe_to_public_tier')
  @HttpCode(200)
  @Authenticated()
  @Idempotent()
  @Fails(alreadySubscribed(41))
  @ApiOperation({ summary: 'Join a free tier' })
  @ApiOkResponse({ type: DetailsResponse })
  async join(@Body() { tierID }: JoinRequest, @CurrentUser() { accountId }: Principal): Promise<DetailsResponse> {
    await this.purchases.join(accountId, tierID);
    return { details: 'Subscription created' };
  }

  @Post('save')
  @HttpCode(200)
  @OptionalAuth()
  @Idempotent()
  @Fails(invalid({ razorpay_signature: ['The signature does not match.'] }), notAuthenticated())
  @ApiOperation({
    summary: 'Hand in what the checkout page gave',
    description:
      'It is checked against the stored checkout and asked for at the gateway, whose word alone opens anything. A guest’s ' +
      'checkout needs no sign-in, and opens nothing before its buyer has come for it.',
  })
  @ApiOkResponse({ type: DetailsResponse })
  async save(@Body() body: SaveRequest, @MaybeUser() user: Principal | undefined): Promise<DetailsResponse> {
    const { tierID, razorpay_signature: signature, razorpay_subscription_id: gatewayId } = body;
    const paymentGatewayId = paymentOf(body);
    const callback = { gatewayId, paymentGatewayId, signature, tierId: tierID };
    return { details: detailsOf(await this.confirmation.confirm(user?.accountId, callback)) };
  }

  @Post('end')
  @HttpCode(200)
  @Authenticated()
  @Idempotent()
  @ApiOperation({ summary: 'Cancel, in any state: now, or with the days that are paid' })
  @ApiOkResponse({ type: EndResponse })
  async end(@Body() { tier, end_type }: EndRequest, @CurrentUser() { accountId }: Principal): Promise<EndResponse> {
    const isThere = await this.ending.end(accountId, tier, end_type === 1 ? 'cycle_end' : 'now');
    return isThere ? { status: 'Success' } : { status: 'Failed', message: 'Subscription does not exist' };
  }

  @Get('list')
  @Authenticated()
  @ApiOperation({ summary: 'Your subscriptions and what you paid for once' })
  @ApiOkResponse({ type: SubscriptionListResponse })
  list(
    @Query() query: PagedQuery,
    @CurrentUser() { accountId }: Principal,
    @PageUrl() url: URL,
  ): Promise<SubscriptionListResponse> {
    return this.reader.list(accountId, query, url);
  }

  @Get('states')
  @Public()
  @ApiOperation({
    summary: 'What each state of a subscription opens, and until when',
    description: 'The table by which access is decided. Without a month that was paid there is none in any state.',
  })
  @ApiOkResponse({ type: StatesResponse })
  states(): StatesResponse {
    return this.reader.states();
  }

  @Get(':id')
  @Authenticated()
  @ApiOperation({ summary: 'One of yours: where it stands, until when it opens posts, and why' })
  @ApiOkResponse({ type: SubscriptionResponse })
  get(@Param('id', IdParam) id: number, @CurrentUser() { accountId }: Principal): Promise<SubscriptionResponse> {
    return this.reader.get(accountId, id);
  }

  @Post(':id/pause')
  @HttpCode(200)
  @Authenticated()
  @Idempotent()
  @Fails(notPossible('pending'))
  @ApiOperation({ summary: 'Pause charges; what is paid stays open' })
  @ApiOkResponse({ type: SubscriptionResponse })
  async pause(@Param('id', IdParam) id: number, @CurrentUser() user: Principal): Promise<SubscriptionResponse> {
    await this.ending.pause(user.accountId, id);
    return this.reader.get(user.accountId, id);
  }

  @Post(':id/resume')
  @HttpCode(200)
  @Authenticated()
  @Idempotent()
  @Fails(notPossible('active'))
  @ApiOperation({ summary: 'Go on after a pause' })
  @ApiOkResponse({ type: SubscriptionResponse })
  async resume(@Param('id', IdParam) id: number, @CurrentUser() user: Principal): Promise<SubscriptionResponse> {
    await this.ending.resume(user.accountId, id);
    return this.reader.get(user.accountId, id);
  }
}

function paymentOf({ razor_payment_id, razorpay_payment_id }: SaveRequest): string {
  const id = razor_payment_id ?? razorpay_payment_id;
  if (id === undefined) throw invalid({ razor_payment_id: ['This field is required.'] });
  return id;
}

/** The old client shows it. */
function detailsOf(isDone: boolean): string {
  return isDone ? 'Subscription created' : 'Payment pending';
}
