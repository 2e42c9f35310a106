import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Roles } from '../../common/access';
import { CurrentUser, type Principal } from '../../common/current-user';
import { mapPage, type Page } from '../../common/page';
import { Fails } from '../../infra/docs/fails';
import { IdParam } from '../../infra/http/id-param';
import { pageResponse } from '../../infra/http/page.response';
import { PageUrl } from '../../infra/http/page-url';
import { Idempotent } from '../../infra/idempotency/idempotent';
import { compExists } from '../subscription.errors';
import { CompService } from './comp.service';
import { CompQuery, CompRequest } from './dto/comp.request';
import { CompResponse } from './dto/comp.response';

@ApiTags('Admin: memberships')
@Controller('admin/memberships')
export class CompAdminController {
  constructor(private readonly comps: CompService) {}

  @Post()
  @Roles('admin')
  @Idempotent()
  @Fails(compExists())
  @ApiOperation({ summary: 'Give an account a tier' })
  @ApiCreatedResponse({ type: CompResponse })
  async create(@Body() body: CompRequest, @CurrentUser() { accountId }: Principal): Promise<CompResponse> {
    return CompResponse.of(await this.comps.create(body, accountId));
  }

  @Get()
  @Roles('admin', 'support')
  @ApiOperation({ summary: 'List the memberships that were given' })
  @ApiOkResponse({ type: pageResponse(CompResponse) })
  async list(@Query() query: CompQuery, @PageUrl() url: URL): Promise<Page<CompResponse>> {
    return mapPage(await this.comps.find(query, url), CompResponse.of);
  }

  @Get(':id')
  @Roles('admin', 'support')
  @ApiOperation({ summary: 'One membership that was given' })
  @ApiOkResponse({ type: CompResponse })
  async get(@Param('id', IdParam) id: number): Promise<CompResponse> {
    return CompResponse.of(await this.comps.get(id));
  }

  @Delete(':id')
  @HttpCode(204)
  @Roles('admin')
  @ApiOperation({ summary: 'End a membership that was given' })
  @ApiNoContentResponse()
  async end(@Param('id', IdParam) id: number): Promise<void> {
    await this.comps.end(id);
  }
}
