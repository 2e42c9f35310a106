import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiHeader,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Authenticated, OptionalAuth } from '../../common/access';
import { CurrentUser, MaybeUser, type Principal } from '../../common/current-user';
import { forbidden, notFound } from '../../common/domain-error';
import type { Page } from '../../common/page';
import { Fails } from '../../infra/docs/fails';
import { Envelope } from '../../infra/http/envelope';
import { ETAG_HEADER, IF_MATCH_HEADER, IfMatch, preconditionFailed, tagged } from '../../infra/http/etag';
import { IdParam } from '../../infra/http/id-param';
import { pageResponse } from '../../infra/http/page.response';
import { PageUrl } from '../../infra/http/page-url';
import { Idempotent } from '../../infra/idempotency/idempotent';
import { RateLimit } from '../../infra/rate-limit/rate-limit.decorator';
import { viewerOf } from '../access/post-access.service';
import { PostChangeRequest, PostQuery, PostRequest } from './dto/post.request';
import { PostReaderService } from './post-reader.service';
import { PostService } from './post.service';
import { PostView } from './post-view.service';

@ApiTags('Content')
@Controller('content/api/content')
@Envelope('drf')
export class PostController {
  constructor(
    private readonly posts: PostService,
    private readonly reader: PostReaderService,
  ) {}

  @Post()
  @Authenticated()
  @RateLimit('post')
  @Idempotent()
  @ApiOperation({ summary: 'Publish a post, keep it as a draft or schedule it', description: 'Creators only.' })
  @ApiCreatedResponse({ type: PostView, headers: ETAG_HEADER })
  @Fails(forbidden())
  async create(
    @CurrentUser() user: Principal,
    @Body() body: PostRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PostView> {
    return tagged(reply, await this.posts.create(body, viewerOf(user))).post;
  }

  @Get()
  @OptionalAuth()
  @RateLimit('posts')
  @ApiOperation({
    summary: 'Posts, newest first',
    description: 'Your own, named as `creator`, with drafts and scheduled ones. Of all creators at most 10,000.',
  })
  @ApiOkResponse({ type: pageResponse(PostView) })
  list(
    @MaybeUser() user: Principal | undefined,
    @Query() query: PostQuery,
    @PageUrl() url: URL,
  ): Promise<Page<PostView>> {
    return this.reader.find(query, viewerOf(user), url);
  }

  @Get(':id')
  @OptionalAuth()
  @ApiOperation({ summary: 'One post; a locked one without what it hides' })
  @ApiOkResponse({ type: PostView, headers: ETAG_HEADER })
  async get(
    @MaybeUser() user: Principal | undefined,
    @Param('id', IdParam) id: number,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PostView> {
    return tagged(reply, await this.reader.get(id, viewerOf(user))).post;
  }

  @Patch(':id')
  @Authenticated()
  @RateLimit('post')
  @ApiOperation({ summary: 'Change some of your post' })
  @ApiHeader(IF_MATCH_HEADER)
  @ApiOkResponse({ type: PostView, headers: ETAG_HEADER })
  @Fails(forbidden(), notFound(), preconditionFailed())
  async change(
    @CurrentUser() user: Principal,
    @Param('id', IdParam) id: number,
    @Body() body: PostChangeRequest,
    @IfMatch() ifMatch: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PostView> {
    return tagged(reply, await this.posts.change(id, body, viewerOf(user), ifMatch)).post;
  }

  @Delete(':id')
  @HttpCode(204)
  @Authenticated()
  @ApiOperation({ summary: 'Remove your post, with its comments and likes' })
  @ApiHeader(IF_MATCH_HEADER)
  @ApiNoContentResponse()
  @Fails(forbidden(), notFound(), preconditionFailed())
  async remove(
    @CurrentUser() user: Principal,
    @Param('id', IdParam) id: number,
    @IfMatch() ifMatch: string | undefined,
  ): Promise<void> {
    await this.posts.remove(id, viewerOf(user), ifMatch);
  }
}
