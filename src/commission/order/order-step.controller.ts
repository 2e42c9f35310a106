import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Authenticated } from '../../common/access';
import { CurrentUser, type Principal } from '../../common/current-user';
import { forbidden } from '../../common/domain-error';
import { Fails } from '../../infra/docs/fails';
import { Envelope } from '../../infra/http/envelope';
import { IdParam } from '../../infra/http/id-param';
import { Idempotent } from '../../infra/idempotency/idempotent';
import { beingAccepted, notPaid, outOfOrder, paymentGone } from '../commission.errors';
import { DeliverRequest, OrderReasonRequest, ReviseRequest } from './dto/order.request';
import { OrderResponse } from './dto/order.response';
import { OrderReaderService } from './order-reader.service';
import { OrderStepService, type PersonStep, type Words } from './order-step.service';

/** What happens between creator and buyer. Each step answers the order as it stands afterwards. */
@ApiTags('Commissions')
@Envelope('drf')
@Controller('commissions/api/orders/:id')
@Fails(forbidden(), outOfOrder('closed'))
export class OrderStepController {
  constructor(
    private readonly steps: OrderStepService,
    private readonly reader: OrderReaderService,
  ) {}

  @Post('accept')
  @HttpCode(200)
  @Authenticated()
  @Idempotent()
  @Fails(notPaid(), beingAccepted(), paymentGone())
  @ApiOperation({
    summary: 'The creator takes the order, and the money that is held for it',
    description: 'While the gateway is away: 503, and it is carried out as soon as it is back.',
  })
  @ApiOkResponse({ type: OrderResponse })
  async accept(@Param('id', IdParam) id: number, @CurrentUser() { accountId }: Principal): Promise<OrderResponse> {
    await this.steps.accept(accountId, id);
    return this.answer(accountId, id);
  }

  @Post('decline')
  @HttpCode(200)
  @Authenticated()
  @Idempotent()
  @Fails(beingAccepted())
  @ApiOperation({ summary: 'The creator does not take the order; its money goes back' })
  @ApiOkResponse({ type: OrderResponse })
  decline(
    @Param('id', IdParam) id: number,
    @Body() { reason }: OrderReasonRequest,
    @CurrentUser() { accountId }: Principal,
  ): Promise<OrderResponse> {
    return this.take(accountId, id, 'decline', { message: reason });
  }

  @Post('deliver')
  @HttpCode(200)
  @Authenticated()
  @Idempotent()
  @ApiOperation({ summary: 'The creator hands in the work; a buyer who says nothing in 14 days has taken it' })
  @ApiOkResponse({ type: OrderResponse })
  deliver(
    @Param('id', IdParam) id: number,
    @Body() { message, media }: DeliverRequest,
    @CurrentUser() { accountId }: Principal,
  ): Promise<OrderResponse> {
    return this.take(accountId, id, 'deliver', { message, media });
  }

  @Post('revise')
  @HttpCode(200)
  @Authenticated()
  @Idempotent()
  @ApiOperation({ summary: 'The buyer wants something changed' })
  @ApiOkResponse({ type: OrderResponse })
  revise(
    @Param('id', IdParam) id: number,
    @Body() { message }: ReviseRequest,
    @CurrentUser() { accountId }: Principal,
  ): Promise<OrderResponse> {
    return this.take(accountId, id, 'revise', { message });
  }

  @Post('close')
  @HttpCode(200)
  @Authenticated()
  @Idempotent()
  @ApiOperation({ summary: 'The buyer takes the work' })
  @ApiOkResponse({ type: OrderResponse })
  close(@Param('id', IdParam) id: number, @CurrentUser() { accountId }: Principal): Promise<OrderResponse> {
    return this.take(accountId, id, 'close');
  }

  @Post('cancel')
  @HttpCode(200)
  @Authenticated()
  @Idempotent()
  @Fails(beingAccepted())
  @ApiOperation({ summary: 'The buyer takes the order back, before it is accepted; its money goes back' })
  @ApiOkResponse({ type: OrderResponse })
  cancel(@Param('id', IdParam) id: number, @CurrentUser() { accountId }: Principal): Promise<OrderResponse> {
    return this.take(accountId, id, 'cancel');
  }

  @Post('refund')
  @HttpCode(200)
  @Authenticated()
  @Idempotent()
  @ApiOperation({ summary: 'The creator pays back an order that was accepted, and it is over' })
  @ApiOkResponse({ type: OrderResponse })
  refund(
    @Param('id', IdParam) id: number,
    @Body() { reason }: OrderReasonRequest,
    @CurrentUser() { accountId }: Principal,
  ): Promise<OrderResponse> {
    return this.take(accountId, id, 'refund', { message: reason });
  }

  private async take(accountId: number, id: number, step: PersonStep, words?: Words): Promise<OrderResponse> {
    await this.steps.take(accountId, id, step, words);
    return this.answer(accountId, id);
  }

  private async answer(accountId: number, id: number): Promise<OrderResponse> {
    return OrderResponse.whole(await this.reader.get(accountId, id));
  }
}
