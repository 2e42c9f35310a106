import { Body, Controller, Delete, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Authenticated } from '../../common/access';
import { CurrentUser, type Principal } from '../../common/current-user';
import { forbidden, notFound } from '../../common/domain-error';
import { Fails } from '../../infra/docs/fails';
import { Envelope } from '../../infra/http/envelope';
import { ETAG_HEADER, IF_MATCH_HEADER, IfMatch, preconditionFailed, tagged } from '../../infra/http/etag';
import { IdParam } from '../../infra/http/id-param';
import { viewerOf } from '../access/post-access.service';
import { RemoveTiersRequest } from './dto/post.request';
import { PostService } from './post.service';
import { PostView } from './post-view.service';

/** memboro's clients send a DELETE with a body, which some proxies drop: POST does the same (COMPAT 3.3). */
@ApiTags('Content')
@Controller('content/api/remove-tiers')
@Envelope('drf')
export class RemoveTiersController {
  constructor(private readonly posts: PostService) {}

  @Delete(':id')
  @Authenticated()
  @ApiOperation({
    summary: 'Take tiers off your post',
    description: 'A post of visibility `tiers` with none left is its author’s alone.',
  })
  @ApiHeader(IF_MATCH_HEADER)
  @ApiOkResponse({ type: PostView, headers: ETAG_HEADER })
  @Fails(forbidden(), notFound(), preconditionFailed())
  async remove(
    @CurrentUser() user: Principal,
    @Param('id', IdParam) id: number,
    @Body() { tiers }: RemoveTiersRequest,
    @IfMatch() ifMatch: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PostView> {
    return tagged(reply, await this.posts.removeTiers(id, tiers, viewerOf(user), ifMatch)).post;
  }

  @Post(':id')
  @HttpCode(200)
  @Authenticated()
  @ApiOperation({ summary: 'Take tiers off your post: the same, for clients that can’t send a DELETE with a body' })
  @ApiHeader(IF_MATCH_HEADER)
  @ApiOkResponse({ type: PostView, headers: ETAG_HEADER })
  @Fails(forbidden(), notFound(), preconditionFailed())
  async removeByPost(
    @CurrentUser() user: Principal,
    @Param('id', IdParam) id: number,
    @Body() { tiers }: RemoveTiersRequest,
    @IfMatch() ifMatch: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PostView> {
    return tagged(reply, await this.posts.removeTiers(id, tiers, viewerOf(user), ifMatch)).post;
  }
}
