import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Authenticated } from '../../common/access';
import { CurrentUser, type Principal } from '../../common/current-user';
import { notFound } from '../../common/domain-error';
import { mapPage, type Page } from '../../common/page';
import { Fails } from '../../infra/docs/fails';
import { IdParam } from '../../infra/http/id-param';
import { pageResponse } from '../../infra/http/page.response';
import { PageUrl } from '../../infra/http/page-url';
import { endpointDisabled } from '../webhook-endpoint.errors';
import { DeliveryService } from './delivery.service';
import { EndpointDeliveryQuery } from './dto/delivery.request';
import { EndpointDeliveryResponse } from './dto/delivery.response';

@ApiTags('Webhook endpoints')
@Controller('webhooks/endpoints/:id/deliveries')
export class DeliveryController {
  constructor(private readonly deliveries: DeliveryService) {}

  @Get()
  @Authenticated()
  @Fails(notFound())
  @ApiOperation({
    summary: 'What was sent to a webhook endpoint of yours, newest first, with every attempt',
    description: 'Of the last thirty days; the newest 10,000 can be paged to.',
  })
  @ApiOkResponse({ type: pageResponse(EndpointDeliveryResponse) })
  async list(
    @Param('id', IdParam) id: number,
    @Query() query: EndpointDeliveryQuery,
    @CurrentUser() { accountId }: Principal,
    @PageUrl() url: URL,
  ): Promise<Page<EndpointDeliveryResponse>> {
    return mapPage(await this.deliveries.list(accountId, id, query, url), EndpointDeliveryResponse.of);
  }

  @Post(':deliveryId/redeliver')
  @HttpCode(200)
  @Authenticated()
  @Fails(notFound(), endpointDisabled())
  @ApiOperation({
    summary: 'Send it again now, under the same `webhook-id`',
    description: 'Retried as if it were new. One that is on its way is not waited for any longer.',
  })
  @ApiOkResponse({ type: EndpointDeliveryResponse })
  async redeliver(
    @Param('id', IdParam) id: number,
    @Param('deliveryId', IdParam) deliveryId: number,
    @CurrentUser() { accountId }: Principal,
  ): Promise<EndpointDeliveryResponse> {
    return EndpointDeliveryResponse.of(await this.deliveries.redeliver(accountId, id, deliveryId));
  }
}
