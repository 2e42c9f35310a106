import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Roles } from '../../common/access';
import { CurrentUser, type Principal } from '../../common/current-user';
import { mapPage, type Page } from '../../common/page';
import { IdParam } from '../http/id-param';
import { LiteralPlus } from '../http/literal-plus';
import { pageResponse } from '../http/page.response';
import { PageUrl } from '../http/page-url';
import { Idempotent } from '../idempotency/idempotent';
import { DeliveryAdminService } from './delivery-admin.service';
import { DeliveryWindowService } from './delivery-window.service';
import { DeliveryQuery } from './dto/delivery-query.request';
import { DeliveryDetailResponse, DeliveryResponse } from './dto/delivery.response';
import { ReprocessRequest } from './dto/reprocess.request';
import { ReprocessPreviewResponse, ReprocessResponse } from './dto/reprocess.response';
import { SourceResponse } from './dto/source.response';
import { Fails } from '../docs/fails';
import { deliveryRejected } from './webhook.errors';

@ApiTags('Admin: webhooks')
@Controller('admin/webhooks')
export class DeliveryAdminController {
  constructor(
    private readonly inbox: DeliveryAdminService,
    private readonly window: DeliveryWindowService,
  ) {}

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

  @Post('deliveries/reprocess')
  @HttpCode(202)
  @Roles('admin')
  @Idempotent()
  @ApiOperation({
    summary: 'Process the genuine calls of a time once more, as the same events',
    description:
      'Those of sources whose calls are processed after they are answered. They are queued behind all that comes ' +
      'meanwhile; with `dry_run` nothing is queued, and the answer tells what would change.',
  })
  @ApiAcceptedResponse({ type: ReprocessResponse, description: 'They are queued' })
  @ApiOkResponse({ type: ReprocessPreviewResponse, description: 'With `dry_run`: this would change' })
  async reprocessWindow(
    @Body() { dry_run, ...wanted }: ReprocessRequest,
    @CurrentUser() user: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReprocessResponse | ReprocessPreviewResponse> {
    if (!dry_run) return ReprocessResponse.of(await this.window.requeue(wanted, user.accountId));
    void reply.code(200);
    return ReprocessPreviewResponse.of(await this.window.preview(wanted));
  }

  @Post('deliveries/:id/reprocess')
  @HttpCode(200)
  @Roles('admin')
  @Idempotent()
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
