import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Roles } from '../../common/access';
import { CurrentUser, type Principal } from '../../common/current-user';
import { mapPage, type Page } from '../../common/page';
import { Fails } from '../../infra/docs/fails';
import { IdParam } from '../../infra/http/id-param';
import { pageResponse } from '../../infra/http/page.response';
import { PageUrl } from '../../infra/http/page-url';
import { Idempotent } from '../../infra/idempotency/idempotent';
import { parkedAssigned, parkedGone } from '../payment.errors';
import { AssignedCapture } from './assigned-capture.service';
import { AssignRequest, ParkedQuery } from './dto/parked.request';
import { ParkedResponse } from './dto/parked.response';
import { ParkedService } from './parked.service';

@ApiTags('Admin: payments')
@Controller('admin/payments/parked')
export class ParkedAdminController {
  constructor(
    private readonly parked: ParkedService,
    private readonly captures: AssignedCapture,
  ) {}

  @Get()
  @Roles('admin', 'support')
  @ApiOperation({ summary: 'Money that is nobody’s, newest first' })
  @ApiOkResponse({ type: pageResponse(ParkedResponse) })
  async list(@Query() query: ParkedQuery, @PageUrl() url: URL): Promise<Page<ParkedResponse>> {
    return mapPage(await this.parked.find(query, url), ParkedResponse.of);
  }

  @Post(':id/assign')
  @HttpCode(200)
  @Roles('admin')
  @Idempotent()
  @Fails(parkedAssigned(), parkedGone())
  @ApiOperation({ summary: 'Give it to a creator', description: 'Again, to the same one: nothing changes.' })
  @ApiOkResponse({ type: ParkedResponse })
  async assign(
    @Param('id', IdParam) id: number,
    @Body() body: AssignRequest,
    @CurrentUser() { accountId }: Principal,
  ): Promise<ParkedResponse> {
    return ParkedResponse.of(await this.captures.assign(id, body, accountId));
  }
}
