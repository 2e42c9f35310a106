import { Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Authenticated, OptionalAuth } from '../../common/access';
import { CurrentUser, MaybeUser, type Principal } from '../../common/current-user';
import { notFound } from '../../common/domain-error';
import { viewerOf } from '../../content/access/post-access.service';
import { Fails } from '../../infra/docs/fails';
import { Envelope } from '../../infra/http/envelope';
import { BellService } from './bell.service';
import { BellQuery } from './dto/bell.request';
import { BellCounts, BellResponse } from './dto/bell.response';

const SLUG = { name: 'slug', schema: { type: 'integer' as const, example: 110_916 } };

/** The bell (COMPAT 3.4). */
@ApiTags('Notifications')
@Controller('feed/api/notifications')
@Envelope('drf')
export class BellController {
  constructor(private readonly bell: BellService) {}

  @Get()
  @OptionalAuth()
  @Fails(notFound())
  @ApiOperation({
    summary: 'Your notifications, newest first',
    description: 'The counters are of all of them. A stranger has none.',
  })
  @ApiOkResponse({ type: BellResponse })
  list(@Query() query: BellQuery, @MaybeUser() user: Principal | undefined): Promise<BellResponse> {
    return this.bell.list(viewerOf(user), query);
  }

  @Post('read-all')
  @HttpCode(200)
  @Authenticated()
  @ApiOperation({ summary: 'Mark all as read' })
  @ApiOkResponse({ type: BellCounts })
  readAll(@CurrentUser() { accountId }: Principal): Promise<BellCounts> {
    return this.bell.readAll(accountId);
  }

  @Post(':slug/read')
  @HttpCode(200)
  @Authenticated()
  @ApiParam(SLUG)
  @ApiOperation({ summary: 'Mark one as read' })
  @ApiOkResponse({ type: BellCounts })
  read(@Param('slug') slug: string, @CurrentUser() { accountId }: Principal): Promise<BellCounts> {
    return this.bell.set(accountId, slug, false);
  }

  @Post(':slug/unread')
  @HttpCode(200)
  @Authenticated()
  @ApiParam(SLUG)
  @ApiOperation({ summary: 'Mark one as unread' })
  @ApiOkResponse({ type: BellCounts })
  unread(@Param('slug') slug: string, @CurrentUser() { accountId }: Principal): Promise<BellCounts> {
    return this.bell.set(accountId, slug, true);
  }

  @Delete(':slug')
  @HttpCode(204)
  @Authenticated()
  @ApiParam(SLUG)
  @ApiOperation({ summary: 'Remove one' })
  @ApiNoContentResponse()
  remove(@Param('slug') slug: string, @CurrentUser() { accountId }: Principal): Promise<void> {
    return this.bell.remove(accountId, slug);
  }
}
