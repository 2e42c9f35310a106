import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Authenticated, OptionalAuth } from '../../common/access';
import { CurrentUser, type Principal } from '../../common/current-user';
import { invalid } from '../../common/domain-error';
import { Fails } from '../../infra/docs/fails';
import { Envelope } from '../../infra/http/envelope';
import { IdParam } from '../../infra/http/id-param';
import { PagedQuery } from '../../infra/http/page.request';
import { PageUrl } from '../../infra/http/page-url';
import { Idempotent } from '../../infra/idempotency/idempotent';
import { CheckoutResponse, DetailsResponse } from '../purchase/dto/purchase.response';
import { SaveTipRequest, TipChangeRequest, TipOrderRequest } from './dto/tip.request';
import { MessagesResponse, TipPrivacyResponse, TipsResponse } from './dto/tip.response';
import { TipReaderService } from './tip-reader.service';
import { TipService } from './tip.service';

@ApiTags('Tips')
@Envelope('drf')
@Controller('subscriptions')
export class TipController {
  constructor(
    private readonly tips: TipService,
    private readonly reader: TipReaderService,
  ) {}

  @Post('create_order')
  @HttpCode(200)
  @Authenticated()
  @Idempotent()
  @ApiOperation({ summary: 'Begin to give a creator money', description: '`SubscriptionID` is an order.' })
  @ApiOkResponse({ type: CheckoutResponse })
  async order(@Body() body: TipOrderRequest, @CurrentUser() { accountId }: Principal): Promise<CheckoutResponse> {
    return CheckoutResponse.of(await this.tips.order(accountId, body));
  }

  @Post('save_order')
  @HttpCode(200)
  @Authenticated()
  @Idempotent()
  @Fails(invalid({ amount: ['The order has another amount.'] }))
  @ApiOperation({ summary: 'Hand in what the checkout page gave, and a word for the creator’s wall' })
  @ApiOkResponse({ type: DetailsResponse })
  async save(@Body() body: SaveTipRequest, @CurrentUser() { accountId }: Principal): Promise<DetailsResponse> {
    const { paidAt } = await this.tips.save(accountId, body);
    // The old server's words, of a tip too.
    return { details: paidAt === null ? 'Payment pending' : 'Subscription created' };
  }

  @Patch('tips/:id')
  @Authenticated()
  @ApiOperation({ summary: 'What of a tip of yours is shown' })
  @ApiOkResponse({ type: TipPrivacyResponse })
  async change(
    @Param('id', IdParam) id: number,
    @Body() body: TipChangeRequest,
    @CurrentUser() { accountId }: Principal,
  ): Promise<TipPrivacyResponse> {
    const { anonymous, hideAmount } = await this.tips.change(accountId, id, body);
    return { id, anonymous, hide_amount: hideAmount };
  }

  @Get('list_message/:creatorId')
  @OptionalAuth()
  @ApiOperation({ summary: 'A creator’s wall: what was written with tips' })
  @ApiOkResponse({ type: MessagesResponse })
  wall(
    @Param('creatorId', IdParam) creatorId: number,
    @Query() query: PagedQuery,
    @PageUrl() url: URL,
  ): Promise<MessagesResponse> {
    return this.reader.wall(creatorId, query, url);
  }

  @Get('list_tips/:userId')
  @Authenticated()
  @ApiOperation({ summary: 'The tips that somebody gave: your own, or anybody’s to administrators' })
  @ApiOkResponse({ type: TipsResponse })
  sent(
    @Param('userId', IdParam) userId: number,
    @Query() query: PagedQuery,
    @CurrentUser() viewer: Principal,
    @PageUrl() url: URL,
  ): Promise<TipsResponse> {
    return this.reader.sent(userId, viewer, query, url);
  }
}
