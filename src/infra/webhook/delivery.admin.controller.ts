import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Roles } from '../../common/access';
import { CurrentUser, type Principal } from '../../common/current-user';
import { mapPage, type Page } from '../../common/page';
import { IdParam } from '../http/id-param';
import { LiteralPlus } from '../http/literal-plus';
import { pageResponse } from '../http/page.response';
import { PageUrl } from '../http/page-url';
import { DeliveryAdminService } from './delivery-admin.service';
import { DeliveryQuery } from './dto/delivery-query.request';
import { DeliveryDetailResponse, DeliveryResponse } from './dto/delivery.response';
import { SourceResponse } from './dto/source.response';
import { Fails } from '../docs/fails';
import { deliveryRejected } from './webhook.errors';

@ApiTags('Admin: webhooks')
@Controller('admin/webhooks')
export class DeliveryAdminController {
  constructor(private readonly inbox: DeliveryAdminService) {}

  @Get('deliveries')
  @Roles('admin', 'support')
  @LiteralPlus()
  @ApiOperation({ summary: 'Search the calls that arrived in the last thirty days' })
  @ApiOkResponse({ type: pageResponse(DeliveryResponse) })
  async list(@Query() query: DeliveryQuery, @PageUrl() url: URL): Promise<Page<DeliveryResponse>> {
    return mapPage(await this.inbox.find(query, url), DeliveryResponse.of);
  }

  @Get('deliveries/:id')
  @Roles('admin', 'support')
  @ApiOperation({ summary: 'One call, with its body' })
  @ApiOkResponse({ type: DeliveryDetailResponse })
  async get(@Param('id', IdParam) id: number): Promise<DeliveryDetailResponse> {
    return DeliveryDetailResponse.ofDetail(await this.inbox.get(id));
  }

  @Post('deliveries/:id/reprocess')
  @HttpCode(200)
  @Roles('admin')
  @Fails(deliveryRejected())
  @ApiOperation({ summary: 'Process a genuine call once more, as the same event' })
  @ApiOkResponse({ type: DeliveryDetailResponse })
  async reprocess(@Param('id', IdParam) id: number, @CurrentUser() user: Principal): Promise<DeliveryDetailResponse> {
    return DeliveryDetailResponse.ofDetail(await this.inbox.reprocess(id, user.accountId));
  }

  @Get('sources')
  @Roles('admin', 'support')
  @ApiOperation({ summary: 'Who sends, with which secret, and who still signs no time' })
  @ApiOkResponse({ type: SourceResponse, isArray: true })
  async sources(): Promise<SourceResponse[]> {
    return (await this.inbox.reports()).map(SourceResponse.of);
  }
}
