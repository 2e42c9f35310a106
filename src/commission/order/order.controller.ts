import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Authenticated } from '../../common/access';
import { CurrentUser, type Principal } from '../../common/current-user';
import { mapPage, type Page } from '../../common/page';
import { Fails } from '../../infra/docs/fails';
import { Envelope } from '../../infra/http/envelope';
import { IdParam } from '../../infra/http/id-param';
import { pageResponse } from '../../infra/http/page.response';
import { PageUrl } from '../../infra/http/page-url';
import { Idempotent } from '../../infra/idempotency/idempotent';
import { noCheckout } from '../commission.errors';
import { OrderQuery, OrderRequest, SaveOrderRequest } from './dto/order.request';
import { ListedOrderResponse, OrderResponse, PlacedOrderResponse } from './dto/order.response';
import { OrderCheckoutService } from './order-checkout.service';
import { OrderReaderService } from './order-reader.service';

@ApiTags('Commissions')
@Envelope('drf')
@Controller('commissions/api')
export class OrderController {
  constructor(
    private readonly checkouts: OrderCheckoutService,
    private readonly reader: OrderReaderService,
  ) {}

  @Post('commission-user')
  @HttpCode(200)
  @Authenticated()
  @Idempotent()
  @ApiOperation({
    summary: 'Order work',
    description:
      'The bank holds the money until the creator answers, for three days at most. Where all slots are taken you wait, ' +
      'and pay when it is your turn. Asked again before it is paid it is the same order, with your new words.',
  })
  @ApiOkResponse({ type: PlacedOrderResponse })
  async place(@Body() body: OrderRequest, @CurrentUser() { accountId }: Principal): Promise<PlacedOrderResponse> {
    const { commissionID: offerId, description, contactDetails, mode_of_delivery: mode = '', currency } = body;
    const wish = { offerId, buyerId: accountId, description, contactDetails, mode, currency };
    return PlacedOrderResponse.of(await this.checkouts.place(wish));
  }

  @Get('get-commissions-user')
  @Authenticated()
  @ApiOperation({ summary: 'What others ordered of you, and what you ordered, newest first' })
  @ApiOkResponse({ type: pageResponse(ListedOrderResponse) })
  async list(
    @Query() query: OrderQuery,
    @CurrentUser() { accountId }: Principal,
    @PageUrl() url: URL,
  ): Promise<Page<ListedOrderResponse>> {
    return mapPage(await this.reader.find(accountId, query, url), ListedOrderResponse.of);
  }

  @Get('orders/:id')
  @Authenticated()
  @ApiOperation({ summary: 'An order with all that happened; for its two people' })
  @ApiOkResponse({ type: OrderResponse })
  async get(@Param('id', IdParam) id: number, @CurrentUser() { accountId }: Principal): Promise<OrderResponse> {
    return OrderResponse.whole(await this.reader.get(accountId, id));
  }

  @Post('orders/:id/pay')
  @HttpCode(200)
  @Authenticated()
  @Idempotent()
  @Fails(noCheckout())
  @ApiOperation({ summary: 'The checkout of your order that is still to be paid, as when a slot became free for you' })
  @ApiOkResponse({ type: PlacedOrderResponse })
  async pay(@Param('id', IdParam) id: number, @CurrentUser() { accountId }: Principal): Promise<PlacedOrderResponse> {
    return PlacedOrderResponse.of(await this.checkouts.resume(accountId, id));
  }

  @Post('orders/:id/save')
  @HttpCode(200)
  @Authenticated()
  @Idempotent()
  @Fails(noCheckout())
  @ApiOperation({ summary: 'Hand in what the checkout page gave' })
  @ApiOkResponse({ type: OrderResponse })
  async save(
    @Param('id', IdParam) id: number,
    @Body() body: SaveOrderRequest,
    @CurrentUser() { accountId }: Principal,
  ): Promise<OrderResponse> {
    await this.checkouts.save(accountId, id, body);
    return OrderResponse.whole(await this.reader.get(accountId, id));
  }
}
