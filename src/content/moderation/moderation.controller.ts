import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Authenticated } from '../../common/access';
import { CurrentUser, type Principal } from '../../common/current-user';
import { forbidden } from '../../common/domain-error';
import type { Page } from '../../common/page';
import { Fails } from '../../infra/docs/fails';
import { createdOrFound } from '../../infra/http/created';
import { Envelope } from '../../infra/http/envelope';
import { IdParam } from '../../infra/http/id-param';
import { PageRequest } from '../../infra/http/page.request';
import { pageResponse } from '../../infra/http/page.response';
import { PageUrl } from '../../infra/http/page-url';
import { CommentResponse } from '../comment/dto/comment.response';
import { unknownPk } from '../content.errors';
import { CommentBanService } from './comment-ban.service';
import { CommentModerationService } from './comment-moderation.service';
import { BanRequest, ReasonRequest } from './dto/moderation.request';
import { BanResponse, ModerationResponse } from './dto/moderation.response';
import { ReportResponse } from './dto/report.response';
import { bansOneself } from './moderation.errors';
import { ModerationTrailService } from './moderation-trail.service';
import { ReportService } from './report.service';

@ApiTags('Moderation')
@Controller('content/api')
@Envelope('drf')
export class ModerationController {
  constructor(
    private readonly comments: CommentModerationService,
    private readonly reports: ReportService,
    private readonly bans: CommentBanService,
    private readonly trail: ModerationTrailService,
  ) {}

  @Post('comment/:id/hide')
  @HttpCode(200)
  @Authenticated()
  @Fails(forbidden())
  @ApiOperation({ summary: 'Hide a comment on your post', description: 'Its author sees why.' })
  @ApiOkResponse({ type: CommentResponse })
  hide(
    @Param('id', IdParam) id: number,
    @Body() { reason }: ReasonRequest,
    @CurrentUser() user: Principal,
  ): Promise<CommentResponse> {
    return this.comments.hide(id, reason, user);
  }

  @Post('comment/:id/unhide')
  @HttpCode(200)
  @Authenticated()
  @Fails(forbidden())
  @ApiOperation({ summary: 'Show a comment again', description: 'Not one that an administrator has hidden.' })
  @ApiOkResponse({ type: CommentResponse })
  unhide(
    @Param('id', IdParam) id: number,
    @Body() { reason }: ReasonRequest,
    @CurrentUser() user: Principal,
  ): Promise<CommentResponse> {
    return this.comments.unhide(id, reason, user);
  }

  @Post('comment/:id/report')
  @Authenticated()
  @Fails(forbidden())
  @ApiOperation({ summary: 'Report a comment', description: 'Again: 200. It is stored once.' })
  @ApiCreatedResponse({ type: ReportResponse })
  @ApiOkResponse({ type: ReportResponse, description: 'You had reported it before.' })
  async reportComment(
    @Param('id', IdParam) id: number,
    @Body() { reason }: ReasonRequest,
    @CurrentUser() user: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReportResponse> {
    return createdOrFound(reply, await this.reports.reportComment(id, reason, user));
  }

  @Post('content/:id/report')
  @Authenticated()
  @Fails(forbidden())
  @ApiOperation({ summary: 'Report a post', description: 'Again: 200. It is stored once.' })
  @ApiCreatedResponse({ type: ReportResponse })
  @ApiOkResponse({ type: ReportResponse, description: 'You had reported it before.' })
  async reportPost(
    @Param('id', IdParam) id: number,
    @Body() { reason }: ReasonRequest,
    @CurrentUser() user: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReportResponse> {
    return createdOrFound(reply, await this.reports.reportPost(id, reason, user));
  }

  @Post('comment-bans')
  @Authenticated()
  @Fails(unknownPk('account', 9), bansOneself())
  @ApiOperation({ summary: 'Ban somebody from commenting on your posts', description: 'Again: 200.' })
  @ApiCreatedResponse({ type: BanResponse })
  @ApiOkResponse({ type: BanResponse, description: 'They were banned already.' })
  async ban(
    @Body() body: BanRequest,
    @CurrentUser() { accountId }: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<BanResponse> {
    return createdOrFound(reply, await this.bans.ban(body, accountId, accountId));
  }

  @Get('comment-bans')
  @Authenticated()
  @ApiOperation({ summary: 'Whom you have banned from commenting, newest first' })
  @ApiOkResponse({ type: pageResponse(BanResponse) })
  banned(
    @Query() query: PageRequest,
    @CurrentUser() { accountId }: Principal,
    @PageUrl() url: URL,
  ): Promise<Page<BanResponse>> {
    return this.bans.find(query, accountId, url);
  }

  @Delete('comment-bans/:account_id')
  @HttpCode(204)
  @Authenticated()
  @ApiOperation({ summary: 'Lift a ban' })
  @ApiNoContentResponse()
  lift(@Param('account_id', IdParam) id: number, @CurrentUser() { accountId }: Principal): Promise<void> {
    return this.bans.lift(id, accountId, accountId);
  }

  @Get('moderation')
  @Authenticated()
  @ApiOperation({ summary: 'Who moderated what on your page, and why, newest first' })
  @ApiOkResponse({ type: pageResponse(ModerationResponse) })
  moderation(
    @Query() query: PageRequest,
    @CurrentUser() { accountId }: Principal,
    @PageUrl() url: URL,
  ): Promise<Page<ModerationResponse>> {
    return this.trail.ofPage(query, accountId, url);
  }
}
