import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Authenticated, OptionalAuth } from '../../common/access';
import { CurrentUser, MaybeUser, type Principal } from '../../common/current-user';
import { forbidden, notAuthenticated, notFound } from '../../common/domain-error';
import type { Page } from '../../common/page';
import { Fails } from '../../infra/docs/fails';
import { createdOrFound } from '../../infra/http/created';
import { Envelope } from '../../infra/http/envelope';
import { IdParam } from '../../infra/http/id-param';
import { pageResponse } from '../../infra/http/page.response';
import { PageUrl } from '../../infra/http/page-url';
import { unknownPk } from '../content.errors';
import { LikeChangeRequest, LikeQuery, LikeRequest } from './dto/like.request';
import { LikeResponse } from './dto/like.response';
import { LikeService } from './like.service';

@ApiTags('Likes')
@Controller('content/api/likes')
@Envelope('drf')
export class LikeController {
  constructor(private readonly likes: LikeService) {}

  @Post()
  @Authenticated()
  @Fails(unknownPk('content', 9), forbidden())
  @ApiOperation({ summary: 'Like a post that you may read', description: 'Again: 200. It counts once.' })
  @ApiCreatedResponse({ type: LikeResponse })
  @ApiOkResponse({ type: LikeResponse, description: 'You had given it before.' })
  async like(
    @Body() { content }: LikeRequest,
    @CurrentUser() user: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LikeResponse> {
    return createdOrFound(reply, await this.likes.like(content, user));
  }

  @Get()
  @OptionalAuth()
  @Fails(notAuthenticated(), forbidden(), notFound())
  @ApiOperation({ summary: 'The likes of a post, or your own, newest first', description: 'At most 10,000.' })
  @ApiOkResponse({ type: pageResponse(LikeResponse) })
  list(
    @Query() query: LikeQuery,
    @MaybeUser() user: Principal | undefined,
    @PageUrl() url: URL,
  ): Promise<Page<LikeResponse>> {
    return this.likes.find(query, user, url);
  }

  @Get(':id')
  @OptionalAuth()
  @Fails(forbidden())
  @ApiOperation({ summary: 'One like' })
  @ApiOkResponse({ type: LikeResponse })
  get(@Param('id', IdParam) id: number, @MaybeUser() user: Principal | undefined): Promise<LikeResponse> {
    return this.likes.get(id, user);
  }

  @Patch(':id')
  @Authenticated()
  @Fails(forbidden())
  @ApiOperation({ summary: 'Take your like back, or give it again' })
  @ApiOkResponse({ type: LikeResponse })
  change(
    @Param('id', IdParam) id: number,
    @Body() { liked }: LikeChangeRequest,
    @CurrentUser() user: Principal,
  ): Promise<LikeResponse> {
    return this.likes.change(id, liked, user);
  }

  @Delete(':id')
  @HttpCode(204)
  @Authenticated()
  @ApiOperation({ summary: 'Remove your like' })
  @ApiNoContentResponse()
  remove(@Param('id', IdParam) id: number, @CurrentUser() user: Principal): Promise<void> {
    return this.likes.remove(id, user);
  }
}
