import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Roles } from '../../common/access';
import { mapPage, type Page } from '../../common/page';
import { IdParam } from '../../infra/http/id-param';
import { pageResponse } from '../../infra/http/page.response';
import { PageUrl } from '../../infra/http/page-url';
import { LmsDeliveryQuery } from './dto/lms.request';
import { LmsDeliveryResponse } from './dto/lms-delivery.response';
import { LmsDeliveryService } from './lms-delivery.service';

@ApiTags('Admin: LMSs')
@Controller('admin/lms')
export class LmsDeliveryAdminController {
  constructor(private readonly deliveries: LmsDeliveryService) {}

  @Get(':id/deliveries')
  @Roles('admin')
  @ApiOperation({ summary: 'What an LMS was told of each enrolment, with every call' })
  @ApiOkResponse({ type: pageResponse(LmsDeliveryResponse) })
  async list(
    @Param('id', IdParam) id: number,
    @Query() query: LmsDeliveryQuery,
    @PageUrl() url: URL,
  ): Promise<Page<LmsDeliveryResponse>> {
    return mapPage(await this.deliveries.find(id, query, url), LmsDeliveryResponse.of);
  }

  @Post('deliveries/:id/redeliver')
  @Roles('admin')
  @HttpCode(202)
  @ApiOperation({ summary: 'Tell an LMS anew how an enrolment stands, whatever it knows' })
  @ApiAcceptedResponse({ type: LmsDeliveryResponse })
  async redeliver(@Param('id', IdParam) id: number): Promise<LmsDeliveryResponse> {
    return LmsDeliveryResponse.of(await this.deliveries.redeliver(id));
  }

  @Post(':id/sync')
  @Roles('admin')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Tell an LMS of every active enrolment',
    description: 'For one that is new, or was set back. What had been given up is tried again.',
  })
  @ApiAcceptedResponse()
  async sync(@Param('id', IdParam) id: number): Promise<void> {
    await this.deliveries.sync(id);
  }
}
