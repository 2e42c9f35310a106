import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Roles } from '../../common/access';
import { CurrentUser, type Principal } from '../../common/current-user';
import type { Page } from '../../common/page';
import { Fails } from '../../infra/docs/fails';
import { createdOrFound } from '../../infra/http/created';
import { IdParam } from '../../infra/http/id-param';
import { PageRequest } from '../../infra/http/page.request';
import { pageResponse } from '../../infra/http/page.response';
import { PageUrl } from '../../infra/http/page-url';
import { unknownPk } from '../content.errors';
import { EVERYWHERE } from './comment-ban.repository';
import { CommentBanService } from './comment-ban.service';
import { BanRequest, ModerationQuery, ReasonRequest, ReportQuery } from './dto/moderation.request';
import { BanResponse, ModerationResponse, TakedownResponse } from './dto/moderation.response';
import { AdminReportResponse } from './dto/report.response';
import { bansOneself } from './moderation.errors';
import { ModerationTrailService } from './moderation-trail.service';
import { ReportService } from './report.service';
import { TakedownService } from './takedown.service';

@ApiTags('Admin: moderation')
@Controller('admin')
export class ModerationAdminController {
  constructor(
    private readonly bans: CommentBanService,
    private readonly reports: ReportService,
    private readonly takedowns: TakedownService,
    private readonly trail: ModerationTrailService,
  ) {}

  @Post('comment-bans')
  @Roles('admin', 'support')
  @Fails(unknownPk('account', 9), bansOneself())
  @ApiOperation({ summary: 'Ban somebody from commenting everywhere', description: 'Again: 200.' })
  @ApiCreatedResponse({ type: BanResponse })
  @ApiOkResponse({ type: BanResponse, description: 'They were banned already.' })
  async ban(
    @Body() body: BanRequest,
    @CurrentUser() { accountId }: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<BanResponse> {
    return createdOrFound(reply, await this.bans.ban(body, EVERYWHERE, accountId));
  }

  @Get('comment-bans')
  @Roles('admin', 'support')
  @ApiOperation({ summary: 'Who is banned from commenting everywhere, newest first' })
  @ApiOkResponse({ type: pageResponse(BanResponse) })
  banned(@Query() query: PageRequest, @PageUrl() url: URL): Promise<Page<BanResponse>> {
    return this.bans.find(query, EVERYWHERE, url);
  }

  @Delete('comment-bans/:account_id')
  @HttpCode(204)
  @Roles('admin', 'support')
  @ApiOperation({ summary: 'Lift a ban from everywhere' })
  @ApiNoContentResponse()
  lift(@Param('account_id', IdParam) id: number, @CurrentUser() { accountId }: Principal): Promise<void> {
    return this.bans.lift(id, EVERYWHERE, accountId);
  }

  @Get('reports')
  @Roles('admin', 'support')
  @ApiOperation({ summary: 'What readers have reported, newest first' })
  @ApiOkResponse({ type: pageResponse(AdminReportResponse) })
  list(@Query() query: ReportQuery, @PageUrl() url: URL): Promise<Page<AdminReportResponse>> {
    return this.reports.find(query, url);
  }

  @Post('reports/:id/resolve')
  @HttpCode(200)
  @Roles('admin', 'support')
  @ApiOperation({ summary: 'Close a report' })
  @ApiOkResponse({ type: AdminReportResponse })
  resolve(
    @Param('id', IdParam) id: number,
    @Body() { reason }: ReasonRequest,
    @CurrentUser() { accountId }: Principal,
  ): Promise<AdminReportResponse> {
    return this.reports.resolve(id, reason, accountId);
  }

  @Post('posts/:id/hide')
  @HttpCode(200)
  @Roles('admin', 'support')
  @ApiOperation({ summary: 'Withdraw a post' })
  @ApiOkResponse({ type: TakedownResponse })
  hide(
    @Param('id', IdParam) id: number,
    @Body() { reason }: ReasonRequest,
    @CurrentUser() { accountId }: Principal,
  ): Promise<TakedownResponse> {
    return this.takedowns.set(id, true, reason, accountId);
  }

  @Post('posts/:id/unhide')
  @HttpCode(200)
  @Roles('admin', 'support')
  @ApiOperation({ summary: 'Let a withdrawn post be there again' })
  @ApiOkResponse({ type: TakedownResponse })
  unhide(
    @Param('id', IdParam) id: number,
    @Body() { reason }: ReasonRequest,
    @CurrentUser() { accountId }: Principal,
  ): Promise<TakedownResponse> {
    return this.takedowns.set(id, false, reason, accountId);
  }

  @Get('moderation')
  @Roles('admin', 'support')
  @ApiOperation({ summary: 'The audit trail, newest first' })
  @ApiOkResponse({ type: pageResponse(ModerationResponse) })
  moderation(@Query() query: ModerationQuery, @PageUrl() url: URL): Promise<Page<ModerationResponse>> {
    return this.trail.find(query, url);
  }
}
