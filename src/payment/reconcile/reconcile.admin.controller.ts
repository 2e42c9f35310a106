import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Roles } from '../../common/access';
import { CurrentUser, type Principal } from '../../common/current-user';
import { mapPage, type Page } from '../../common/page';
import { IdParam } from '../../infra/http/id-param';
import { PagedQuery } from '../../infra/http/page.request';
import { pageResponse } from '../../infra/http/page.response';
import { PageUrl } from '../../infra/http/page-url';
import { Idempotent } from '../../infra/idempotency/idempotent';
import { ReconcileRequest } from './dto/reconcile.request';
import { ReconcileAcceptedResponse, ReconcileResponse } from './dto/reconcile.response';
import { ReconcileService } from './reconcile.service';

@ApiTags('Admin: payments')
@Controller('admin/payments/reconcile')
export class ReconcileAdminController {
  constructor(private readonly reconciles: ReconcileService) {}

  @Post()
  @HttpCode(202)
  @Roles('admin')
  @Idempotent()
  @ApiOperation({
    summary: 'Compare what we hold with what the gateway holds, and cure what webhooks did not tell',
    description:
      'Runs are queued and done one at a time; asked for alike while one is open, it is the same one. With `dry_run` ' +
      'nothing is changed, there or here. A window of a day or more compares live mandates of any age.',
  })
  @ApiAcceptedResponse({ type: ReconcileAcceptedResponse, description: 'It is queued' })
  async request(
    @Body() { from, to, dry_run }: ReconcileRequest,
    @CurrentUser() { accountId }: Principal,
  ): Promise<ReconcileAcceptedResponse> {
    return ReconcileAcceptedResponse.of(await this.reconciles.request({ from, to, dryRun: dry_run }, accountId));
  }

  @Get()
  @Roles('admin', 'support')
  @ApiOperation({ summary: 'Comparisons with the gateway, newest first', description: 'Those of the schedule, too.' })
  @ApiOkResponse({ type: pageResponse(ReconcileResponse) })
  async list(@Query() query: PagedQuery, @PageUrl() url: URL): Promise<Page<ReconcileResponse>> {
    return mapPage(await this.reconciles.find(query, url), ReconcileResponse.of);
  }

  @Get(':id')
  @Roles('admin', 'support')
  @ApiOperation({ summary: 'One comparison: how far it is, what differed, what is cured' })
  @ApiOkResponse({ type: ReconcileResponse })
  async get(@Param('id', IdParam) id: number): Promise<ReconcileResponse> {
    return ReconcileResponse.of(await this.reconciles.get(id));
  }
}
