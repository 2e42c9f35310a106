import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Roles } from '../../common/access';
import { CurrentUser, type Principal } from '../../common/current-user';
import { mapPage, type Page } from '../../common/page';
import { IdParam } from '../../infra/http/id-param';
import { LiteralPlus } from '../../infra/http/literal-plus';
import { pageResponse } from '../../infra/http/page.response';
import { PageUrl } from '../../infra/http/page-url';
import { AllowanceService } from './allowance.service';
import { AllowanceQuery, RevokeRequest } from './dto/allowance.request';
import { AllowanceResponse } from './dto/allowance.response';
import { Fails } from '../../infra/docs/fails';
import { allowanceNotOpen } from '../enrollment-webhook.errors';

@ApiTags('Admin: enrolments')
@Controller('admin/allowances')
export class AllowanceAdminController {
  constructor(private readonly allowances: AllowanceService) {}

  @Get()
  @Roles('admin', 'support')
  @LiteralPlus()
  @ApiOperation({ summary: 'List mailboxes that may enter a course once they are proven' })
  @ApiOkResponse({ type: pageResponse(AllowanceResponse) })
  async list(@Query() query: AllowanceQuery, @PageUrl() url: URL): Promise<Page<AllowanceResponse>> {
    return mapPage(await this.allowances.find(query, url), AllowanceResponse.of);
  }

  @Get(':id')
  @Roles('admin', 'support')
  @ApiOperation({ summary: 'One allowance' })
  @ApiOkResponse({ type: AllowanceResponse })
  async get(@Param('id', IdParam) id: number): Promise<AllowanceResponse> {
    return AllowanceResponse.of(await this.allowances.get(id));
  }

  @Post(':id/revoke')
  @HttpCode(200)
  @Roles('admin', 'support')
  @Fails(allowanceNotOpen())
  @ApiOperation({ summary: 'Revoke an allowance that nobody has claimed' })
  @ApiOkResponse({ type: AllowanceResponse })
  async revoke(
    @Param('id', IdParam) id: number,
    @Body() { reason }: RevokeRequest,
    @CurrentUser() user: Principal,
  ): Promise<AllowanceResponse> {
    return AllowanceResponse.of(await this.allowances.revoke(id, user.accountId, reason));
  }
}
